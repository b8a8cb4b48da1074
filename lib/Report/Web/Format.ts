// Numbers for people, as the text view writes them: four digits and a prefix.

const prefixes = ["f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E",
                  "Z", "Y", "R", "Q"];
const baseIndex = 5;

/// `9.150 ms`; `unknown` for null.
export function scaled(value: number | null | undefined, unit: string,
                       digits = 4): string {
  if (value === null || value === undefined) return "unknown";
  const withUnit = (text: string, prefix: string) =>
    prefix + unit === "" ? text : `${text}\u00a0${prefix}${unit}`;
  if (value === 0) return withUnit("0", "");
  const rounded = Number(value.toPrecision(digits));
  // 1e-12 keeps a thousand, whose logarithm may be a hair less, from being 1000.
  const place = baseIndex + Math.floor(Math.log10(Math.abs(rounded)) / 3 + 1e-12);
  const index = Math.min(Math.max(place, 0), prefixes.length - 1);
  const mantissa = rounded / Math.pow(1000, index - baseIndex);
  if (index === baseIndex && Number.isInteger(value))
    return withUnit(String(value), "");
  const before = mantissa >= 1000 ? 4 : mantissa >= 100 ? 3 : mantissa >= 10 ? 2 : 1;
  return withUnit(mantissa.toFixed(Math.max(digits - before, 0)), prefixes[index]);
}

/// With three digits, for sentences and labels.
export function roughly(value: number | null | undefined, unit: string): string {
  return scaled(value, unit, 3);
}

export function seconds(value: number | null | undefined): string {
  return scaled(value, "s");
}

/// `1,234`; `unknown` for null.
export function grouped(value: number | null | undefined): string {
  if (value === null || value === undefined) return "unknown";
  return value < 1e15 ? value.toLocaleString("en-US") : scaled(value, "");
}

export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined) return "unknown";
  if (share > 0 && share < 0.0005) return "<0.1\u00a0%";
  return `${(share * 100).toFixed(1)}\u00a0%`;
}

/// `31.7`, of operations per byte: without a prefix as far as that can be read.
export function intensity(value: number): string {
  return value >= 1000 ? scaled(value, "", 3) : String(Number(value.toPrecision(3)));
}

/// `2.35×`, of a ratio.
export function times(ratio: number): string {
  if (!Number.isFinite(ratio)) return "unknown";
  return `${ratio >= 100 ? ratio.toFixed(0) : ratio >= 10 ? ratio.toFixed(1)
    : ratio.toFixed(2)}×`;
}

/// `"matrix_bf16"` as words; `hbm` is off-chip memory whatever its technology.
export function boundText(bound: string | null): string {
  if (bound === null) return "nothing";
  return bound === "hbm" ? "memory" : bound.replace("_", "\u00a0");
}

/// `3 kernels`, `1 kernel`.
export function counted(count: number | null, noun: string, nouns = `${noun}s`): string {
  return `${grouped(count)}\u00a0${count === 1 ? noun : nouns}`;
}
