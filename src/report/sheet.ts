/** @module report/sheet What every block of the terminal report is made with. */
import type { Paint } from '../text/paint.ts';
import type { Report } from './schema.ts';

export interface Sheet {
  report: Report;
  width: number;
  paint: Paint;
  /** Every clause in a row of its own, and every level's difference. */
  all: boolean;
  /** Letters that stand for subjects in tables; empty where there is only one. */
  keys: string[];
}
