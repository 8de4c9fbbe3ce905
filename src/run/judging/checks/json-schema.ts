/**
 * @module run/judging/checks/json-schema
 * The part of JSON Schema (draft 2020-12) that rubrics can use. A keyword outside it is refused, never passed
 * over: a schema that asks for more than is checked would call replies right that are not.
 */
import * as z from 'zod';
import { isRecord } from '../../../model/json.ts';
import { sorted } from '../../../model/record.ts';
import { findPattern, patternProblem } from './pattern.ts';

const TYPES = ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object'] as const;
type TypeName = (typeof TYPES)[number];

const count = z.int().nonnegative();
const type = z.enum(TYPES);

/** A schema, or `true` for anything and `false` for nothing. */
export type JsonSchema = boolean | SchemaObject;

interface SchemaObject {
  type?: TypeName | TypeName[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema;
  minProperties?: number;
  maxProperties?: number;
  items?: JsonSchema;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  anyOf?: JsonSchema[];
  allOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  not?: JsonSchema;
}

/** The form of a schema. Titles and descriptions may stand in it and check nothing. */
export const jsonSchemaSchema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.union([z.boolean(), schemaObject]),
);
z.globalRegistry.add(jsonSchemaSchema, { id: 'JsonSchema' });
const many = z.array(jsonSchemaSchema).min(1);

const schemaObject = z
  .strictObject({
    $schema: z.string(),
    title: z.string(),
    description: z.string(),
    type: z.union([type, z.array(type).min(1)]),
    enum: z.array(z.unknown()).min(1),
    const: z.unknown(),
    properties: z.record(z.string(), jsonSchemaSchema),
    required: z.array(z.string()),
    additionalProperties: jsonSchemaSchema,
    minProperties: count,
    maxProperties: count,
    items: jsonSchemaSchema,
    minItems: count,
    maxItems: count,
    uniqueItems: z.boolean(),
    minLength: count,
    maxLength: count,
    pattern: z.string().refine((pattern) => patternProblem({ pattern, flags: 'u' }) === null, {
      error: 'this is no regular expression',
    }),
    minimum: z.number(),
    maximum: z.number(),
    exclusiveMinimum: z.number(),
    exclusiveMaximum: z.number(),
    multipleOf: z.number().positive(),
    anyOf: many,
    allOf: many,
    oneOf: many,
    not: jsonSchemaSchema,
  })
  .partial()
  .meta({ id: 'JsonSchemaSubset', title: 'The part of JSON Schema that is checked' });

/** The keywords that are read, for messages. */
export const JSON_SCHEMA_KEYWORDS: readonly string[] = Object.keys(schemaObject.shape);

/** Where JSON does not fit a schema: a path such as `items[2].price`, empty for the whole, and how. */
export interface Misfit {
  path: string;
  what: string;
}

/** The first misfit between a value and a schema, or null where it fits. */
export function misfitOf(schema: JsonSchema, value: unknown, path = ''): Misfit | null {
  if (schema === true) return null;
  if (schema === false) return { path, what: 'nothing may stand here' };
  const own = ownMisfit(schema, value);
  if (own !== null) return { path, what: own };
  return insideMisfit(schema, value, path) ?? combinedMisfit(schema, value, path);
}

function ownMisfit(schema: SchemaObject, value: unknown): string | null {
  const { type: wanted } = schema;
  if (wanted !== undefined) {
    const types = typeof wanted === 'string' ? [wanted] : wanted;
    if (!types.some((name) => isOfType(name, value))) {
      return `it is ${typeOf(value)}, not ${types.join(' or ')}`;
    }
  }
  if (schema.enum !== undefined && !schema.enum.some((one) => isSame(one, value))) {
    return `it is none of ${schema.enum.map((one) => JSON.stringify(one)).join(', ')}`;
  }
  if ('const' in schema && schema.const !== undefined && !isSame(schema.const, value)) {
    return `it is not ${JSON.stringify(schema.const)}`;
  }
  if (typeof value === 'string') return stringMisfit(schema, value);
  if (typeof value === 'number') return numberMisfit(schema, value);
  return null;
}

function stringMisfit(schema: SchemaObject, value: string): string | null {
  const { minLength, maxLength, pattern } = schema;
  if (minLength !== undefined || maxLength !== undefined) {
    // Counted as JSON Schema does, in code points.
    const length = [...value].length;
    const problem = outside(length, minLength, maxLength, 'characters');
    if (problem !== null) return problem;
  }
  if (pattern === undefined) return null;
  const found = findPattern({ pattern, flags: 'u' }, value);
  if (found === 'none') return `it does not match /${pattern}/`;
  return 'untold' in found ? found.untold : null;
}

function numberMisfit(schema: SchemaObject, value: number): string | null {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (minimum !== undefined && value < minimum) return `it is below ${minimum}`;
  if (maximum !== undefined && value > maximum) return `it is above ${maximum}`;
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) {
    return `it is not above ${exclusiveMinimum}`;
  }
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) {
    return `it is not below ${exclusiveMaximum}`;
  }
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf)) {
    return `it is no multiple of ${multipleOf}`;
  }
  return null;
}

function insideMisfit(schema: SchemaObject, value: unknown, path: string): Misfit | null {
  if (Array.isArray(value)) return arrayMisfit(schema, value, path);
  return isRecord(value) ? objectMisfit(schema, value, path) : null;
}

function arrayMisfit(schema: SchemaObject, value: unknown[], path: string): Misfit | null {
  const size = outside(value.length, schema.minItems, schema.maxItems, 'items');
  if (size !== null) return { path, what: size };
  if (schema.uniqueItems === true) {
    const keys = new Set(value.map(canonical));
    if (keys.size < value.length) return { path, what: 'an item stands in it twice' };
  }
  const { items } = schema;
  if (items === undefined) return null;
  for (const [place, item] of value.entries()) {
    const misfit = misfitOf(items, item, `${path}[${place}]`);
    if (misfit !== null) return misfit;
  }
  return null;
}

function objectMisfit(
  schema: SchemaObject,
  value: Record<string, unknown>,
  path: string,
): Misfit | null {
  const { properties = {}, required = [], additionalProperties } = schema;
  const keys = Object.keys(value);
  const size = outside(keys.length, schema.minProperties, schema.maxProperties, 'properties');
  if (size !== null) return { path, what: size };
  const absent = required.find((key) => !Object.hasOwn(value, key));
  if (absent !== undefined) return { path, what: `"${absent}" is missing` };
  for (const key of keys) {
    const own = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
    if (own === undefined) continue;
    const inner = path === '' ? key : `${path}.${key}`;
    const misfit = misfitOf(own, value[key], inner);
    if (misfit !== null) return misfit;
  }
  return null;
}

function combinedMisfit(schema: SchemaObject, value: unknown, path: string): Misfit | null {
  // Absent it asks for nothing.
  for (const part of schema.allOf ?? []) {
    const misfit = misfitOf(part, value, path);
    if (misfit !== null) return misfit;
  }
  const fits = (parts: readonly JsonSchema[]): number =>
    parts.filter((part) => misfitOf(part, value) === null).length;
  if (schema.anyOf !== undefined && fits(schema.anyOf) === 0) {
    return { path, what: 'it fits none of anyOf' };
  }
  if (schema.oneOf !== undefined && fits(schema.oneOf) !== 1) {
    return { path, what: `it fits ${fits(schema.oneOf)} of oneOf, not one` };
  }
  if (schema.not !== undefined && misfitOf(schema.not, value) === null) {
    return { path, what: 'it is what "not" forbids' };
  }
  return null;
}

function outside(
  number: number,
  least: number | undefined,
  most: number | undefined,
  unit: string,
): string | null {
  if (least !== undefined && number < least) return `it has ${number} ${unit}, fewer than ${least}`;
  if (most !== undefined && number > most) return `it has ${number} ${unit}, more than ${most}`;
  return null;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function isOfType(name: TypeName, value: unknown): boolean {
  if (name === 'integer') return Number.isInteger(value);
  return typeOf(value) === name;
}

function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(sorted(value));
}
