/** @module features/judge/labels/terminal/label-flags What `tenet label` takes. */

/** The flags of `tenet label` as they come from the command line. */
export interface LabelFlags {
  as?: string;
  sample?: string;
  clauses?: string;
  import?: string;
  export?: string;
  progress?: boolean;
  showVerdicts?: boolean;
  seed?: number;
  ledger?: string;
  json?: boolean;
}
