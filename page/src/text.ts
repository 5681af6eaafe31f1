/** How values are written for people. Everything here returns text, which is only ever set as text. */

// Control characters, marks that reorder text, and what takes no room: none may hide what is there.
const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

export function shown(text: string): string {
  return text.replace(
    HIDDEN,
    (hidden) => `\u2039U+${hidden.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}\u203a`,
  );
}

const NUMBER = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const ROUNDED = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

export function number(value: number): string {
  return Math.abs(value) >= 1000 ? ROUNDED.format(value) : NUMBER.format(value);
}

/** A value of any kind in one line. */
export function written(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return number(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map(written).join(", ");
  if (typeof value === "object")
    return Object.entries(value)
      .map(([key, part]) => `${shown(key)}: ${written(part)}`)
      .join(", ");
  return shown(String(value));
}

export function count(many: number, one: string, more = `${one}s`): string {
  return `${number(many)} ${many === 1 ? one : more}`;
}

/** 02:00 of hour 2. */
export function clock(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}
