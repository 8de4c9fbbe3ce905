/**
 * @module model/budget
 * A ceiling on what a run may spend. Each call sets aside what it may cost before it is made, so that calls
 * in flight together can't break through.
 */

export interface Budget {
  /**
   * Sets `amount` US dollars aside. Where only what others have set aside stands in the way, waits for them;
   * resolves to false where the ceiling itself does, and then nothing is set aside.
   */
  reserve(amount: number): Promise<boolean>;
  /** Replaces what was set aside by what was spent. */
  settle(reserved: number, spent: number): void;
  /** US dollars spent so far. */
  readonly spent: number;
  readonly ceiling: number | null;
}

/** A budget of `ceiling` US dollars; null is no ceiling, and only counts. */
export function createBudget(ceiling: number | null): Budget {
  let spent = 0;
  let reserved = 0;
  let waiting: (() => void)[] = [];

  const reserve = async (amount: number): Promise<boolean> => {
    if (ceiling === null) return true;
    while (spent + reserved + amount > ceiling) {
      if (reserved <= 0 || spent + amount > ceiling) return false;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    reserved += amount;
    return true;
  };

  return {
    reserve,
    settle: (amount, cost) => {
      if (ceiling !== null) reserved -= amount;
      spent += cost;
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
    get spent() {
      return spent;
    },
    ceiling,
  };
}
