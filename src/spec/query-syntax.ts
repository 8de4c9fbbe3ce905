/**
 * @module spec/query-syntax
 * Turns the text of a query for clauses into a tree. What the words mean is `query.ts`'s business.
 */

/** A query taken apart. */
export type QueryNode =
  | { type: 'and' | 'or'; parts: QueryNode[] }
  | { type: 'not'; part: QueryNode }
  | Term;

/** One condition. `field` is null for a bare id or glob; offsets count from the start of the query. */
export interface Term {
  type: 'term';
  field: string | null;
  operator: Operator;
  value: string;
  offset: number;
  valueOffset: number;
}

/** How a field is compared; `:` for everything but levels. */
export type Operator = ':' | '=' | '>=' | '<=' | '>' | '<';

/** What is wrong with a query, and where. */
export class QueryError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const LONGEST_QUOTE = 60;

/** A word of a query as a message quotes it: a query may be as long as somebody likes. */
export function shortened(word: string): string {
  return word.length <= LONGEST_QUOTE ? word : `${word.slice(0, LONGEST_QUOTE)}…`;
}

interface Token {
  type: 'word' | 'quoted' | 'operator' | '(' | ')' | ',' | 'end';
  text: string;
  offset: number;
}

const DEEPEST = 100;
const TOKEN = /\s*(?:("(?:[^"]*)"?)|(>=|<=|[:=<>])|([(),])|([^\s"():=<>,]+))/y;

/**
 * Parses a query. Conditions are joined by `and`, `or` and `,` (which means or); `not` and parentheses
 * work as everywhere; `not` binds closest, then `and`.
 * @throws QueryError with what was expected and where
 */
export function parseQuery(query: string): QueryNode {
  return new QueryParser(tokenise(query)).parse();
}

function tokenise(query: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (;;) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(query);
    if (match === null) {
      // Only white space is left: every other character begins some token.
      tokens.push({ type: 'end', text: '', offset: query.length });
      return tokens;
    }
    const [whole, quoted, operator, punctuation, word = ''] = match;
    const offset = from + whole.length - whole.trimStart().length;
    if (quoted !== undefined) {
      if (quoted.length < 2 || !quoted.endsWith('"')) {
        throw new QueryError('The quotation is never closed; expected a second ".', offset);
      }
      tokens.push({ type: 'quoted', text: quoted.slice(1, -1), offset });
    } else if (operator !== undefined) tokens.push({ type: 'operator', text: operator, offset });
    else if (punctuation === '(' || punctuation === ')' || punctuation === ',') {
      tokens.push({ type: punctuation, text: punctuation, offset });
    } else tokens.push({ type: 'word', text: word, offset });
  }
}

class QueryParser {
  readonly #tokens: Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  parse(): QueryNode {
    const node = this.#or();
    const rest = this.#peek();
    if (rest.type !== 'end') {
      const expected =
        rest.type === ')' ? 'no "(" was opened before it' : 'expected and, or, "," or the end';
      throw new QueryError(`Unexpected "${shortened(rest.text)}": ${expected}.`, rest.offset);
    }
    return node;
  }

  #or(): QueryNode {
    const parts = [this.#and()];
    while (this.#peek().type === ',' || this.#isWord('or')) {
      this.#next++;
      parts.push(this.#and());
    }
    return joined('or', parts);
  }

  #and(): QueryNode {
    const parts = [this.#not()];
    while (this.#isWord('and')) {
      this.#next++;
      parts.push(this.#not());
    }
    return joined('and', parts);
  }

  #not(): QueryNode {
    let negated = false;
    while (this.#isWord('not')) {
      negated = !negated;
      this.#next++;
    }
    const part = this.#primary();
    return negated ? { type: 'not', part } : part;
  }

  #primary(): QueryNode {
    const token = this.#peek();
    if (token.type !== '(') return this.#term();
    if (++this.#depth > DEEPEST) {
      throw new QueryError(`Parentheses are nested more than ${DEEPEST} deep.`, token.offset);
    }
    this.#next++;
    const node = this.#or();
    const close = this.#peek();
    if (close.type !== ')') {
      throw new QueryError(`Expected ")" for the "(" in column ${token.offset + 1}.`, close.offset);
    }
    this.#next++;
    this.#depth--;
    return node;
  }

  #term(): Term {
    const token = this.#peek();
    if (token.type !== 'word' || this.#isReserved()) {
      const found =
        token.type === 'end' ? 'the query ends here' : `found "${shortened(token.text)}"`;
      throw new QueryError(
        `Expected an id, a condition such as level:root, or "(", but ${found}.`,
        token.offset,
      );
    }
    this.#next++;
    const operator = this.#peek();
    if (operator.type !== 'operator') {
      const { text: value, offset } = token;
      return { type: 'term', field: null, operator: ':', value, offset, valueOffset: offset };
    }
    this.#next++;
    const value = this.#peek();
    if (value.type !== 'word' && value.type !== 'quoted') {
      throw new QueryError(
        `Expected a value after "${shortened(token.text)}${operator.text}".`,
        value.offset,
      );
    }
    this.#next++;
    return {
      type: 'term',
      field: token.text.toLowerCase(),
      operator: operator.text as Operator,
      value: value.text,
      offset: token.offset,
      valueOffset: value.offset,
    };
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { type: 'end', text: '', offset: 0 };
  }

  #isWord(word: string): boolean {
    const token = this.#peek();
    return token.type === 'word' && token.text.toLowerCase() === word;
  }

  #isReserved(): boolean {
    return this.#isWord('and') || this.#isWord('or') || this.#isWord('not');
  }
}

function joined(type: 'and' | 'or', parts: QueryNode[]): QueryNode {
  const [first, ...others] = parts;
  return first !== undefined && others.length === 0 ? first : { type, parts };
}
