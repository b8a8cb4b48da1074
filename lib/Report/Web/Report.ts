// The document that the page shows: the JSON view of a report (docs/Report.md), with
// kernels packed.
// Parts are absent where --view leaves them out; `null` is unknown, never zero.
// Integers beyond 2^53 lose digits that no view of four digits shows.

export interface Interval { low: number | null; high: number | null }

/// `"matrix_bf16"` to operations or operations per second.
export type ByUnitType = Record<string, number | null>;

export interface MemoryLevel {
  name: string;
  capacity_bytes: number | null;
  bytes_per_second: number | null;
}

/// What one execution keeps in memory.
export interface Memory {
  weight_bytes: number | null;
  cache_bytes: number | null;
  input_bytes: number | null;
  result_bytes: number | null;
  intermediate_bytes: number | null;
  total_bytes: number | null;
  reason?: string;
  of_one_device: boolean;
  peak_kernel: string;
  peak_location: string;
  timeline: { kernels: number | null; bytes: number | null }[];
}

export interface Target {
  name: string;
  title: string;
  rates: ByUnitType;
  memory: MemoryLevel[];
  roof_seconds: number | null;
  bound: string | null;
  times: {
    roof_seconds: number | null;
    kernel_roof_seconds: number | null;
    kernels_seconds: number | null;
    kernels_interval_seconds: Interval | null;
    as_is_seconds: number | null;
    calibrated_share: number | null;
    borrowed_calibrations: Record<string, string>;
    reasons: string[];
  };
  memory_fit?: { usable_bytes: number | null; devices: number | null; reason?: string };
  energy?: { joules: number | null; reason?: string };
  complete: boolean;
  resources: ByUnitType;
  op_roof_seconds: number | null;
  bounds: Record<string, { seconds: number | null; share: number | null }>;
  substitutes: Record<string, string>;
  missing_rates: { unit_type: string; operations: number | null; reason: string }[];
  incomplete_reasons: string[];
}

export interface KernelOnTarget {
  name: string;
  roof_seconds: number | null;
  bound: string | null;
  seconds: number | null;
  interval_seconds: Interval | null;
  calibration: string | null;
  reason?: string;
}

export interface Contraction {
  batch: number | null; m: number | null; n: number | null; k: number | null;
}

export interface KernelRow {
  name: string;
  family: string;
  locations: string[];
  launches: number | null;
  ops: number;
  op_names: Record<string, number>;
  contraction?: Contraction;
  operations: ByUnitType;
  read_bytes: number | null;
  written_bytes: number | null;
  targets: KernelOnTarget[];
  /// One per kernel: how many the graph has before it.
  positions: number[];
}

export interface FamilyRow {
  family: string;
  kernels: number;
  left_out: number;
  launches: number | null;
  operations: ByUnitType;
  bytes: number | null;
  targets: {
    name: string;
    roof_seconds: number | null;
    seconds: number | null;
    share: number | null;
    reason?: string;
  }[];
}

export interface OpRow {
  name: string;
  location: string;
  count: number | null;
  structure: string;
  operations: ByUnitType;
  read_bytes: number | null;
  written_bytes: number | null;
  targets: { name: string; roof_seconds: number | null; bound: string | null; reason?: string }[];
}

export interface LeftOut {
  op: string; count: number; reason: string; bytes: number | null;
}

export interface Loop {
  name: string;
  location: string;
  trip_count: number | null;
  bound_by_user: boolean;
  reason?: string;
}

/// Person-days.
export interface Days { low_days: number; high_days: number }

export interface Evidence {
  row: string;
  source: string;
  url: string;
  date: string;
  kernels: string[];
}

/// A file, a line and a column.
export type Place = [number, number, number];

export interface FindingRow {
  rule: string;
  title: string;
  status: string;
  level: string;
  verdict: boolean;
  op: string;
  key: string;
  reason: string;
  remedy: string;
  effort: Days;
  remedy_effort: Days;
  evidence: Evidence[];
  occurrences: number;
  launches: number | null;
  source_share: number | null;
  source_seconds: number | null;
  target_seconds: number | null;
  remedied_seconds: number | null;
  substitute_times: { type: string; target_seconds: number | null }[];
  /// The first places only.
  locations: string[];
  places: (Place | null)[];
  positions: number[];
}

/// What it takes to move the graph from one target to another.
export interface PortRow {
  from: string;
  to: string;
  grade: string;
  grade_reason: string;
  coverage: {
    signatures: number | null;
    occurrences: number | null;
    operations: number | null;
    bytes: number | null;
    source_time: number | null;
    unknown: number;
  };
  effort: Days;
  target_seconds: number | null;
  remedied_seconds: number | null;
  reasons: string[];
  speed_up: {
    value: number; low: number; high: number; at_most: boolean; at_least: boolean;
  } | null;
  findings: FindingRow[];
  worklist: number[];
  software: { community: boolean; releases: Record<string, string> };
  effort_file: string;
  days: ({ of: string } & Days)[];
}

export interface Report {
  schema: { name: string; version: number };
  tool_version: string;
  source_files: string[];
  model: {
    file: string;
    entry: string;
    stage: string;
    ops: number;
    argument_bytes: number | null;
    constant_bytes: number | null;
    weight_bytes: number | null;
    result_bytes: number | null;
    compulsory_bytes: number | null;
  };
  memory?: Memory;
  rows: { kernels: number; ops: number };
  demand?: {
    operations: ByUnitType;
    read_bytes: number | null;
    written_bytes: number | null;
    complete: boolean;
  };
  kernel_totals?: {
    fusion: string;
    kernels: number;
    left_out: number;
    launches: number | null;
    external_bytes: number | null;
    as_is_launches: number | null;
  };
  targets?: Target[];
  assumptions?: { id: string; text: string }[];
  notes?: string[];
  ports?: PortRow[];
  coverage?: {
    ops: number | null;
    operations: number | null;
    bytes: number | null;
    unmodelled: LeftOut[];
    uncounted: LeftOut[];
  };
  loops?: Loop[];
  breakdown?: FamilyRow[];
  kernels?: KernelRow[];
  ops?: OpRow[];
}

/// Kernels as the document holds them, without keys that repeat: an object is the array
/// of its values after the number of its list in `keys`, from 1, and an array begins
/// with 0.
interface Packed { rows: unknown; keys: string[][] }

function unpack(value: unknown, keys: string[][]): unknown {
  if (!Array.isArray(value)) return value;
  const values = value.slice(1).map(each => unpack(each, keys));
  return value[0] === 0 ? values
    : Object.fromEntries(keys[value[0] - 1].map((key, at) => [key, values[at]]));
}

/// A report as the page holds it.
export type Document = Omit<Report, "kernels"> & { packed_kernels?: Packed };

/// One for each model, in the order that they were given in.
export function readDocuments(): Document[] {
  return [JSON.parse(document.getElementById("report")!.textContent!)].flat();
}

export function unpacked({ packed_kernels: packed, ...report }: Document): Report {
  return packed ? { ...report, kernels: unpack(packed.rows, packed.keys) as KernelRow[] }
    : report;
}
