/** A 3 × 3 matrix, row by row. */
export type Matrix = readonly [number, number, number, number, number, number, number, number, number];
export type Vector = readonly [number, number, number];

/** The matrix that applies `b` and then `a`. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  const columns = [0, 1, 2].map((c) => apply(a, [at(b, c), at(b, c + 3), at(b, c + 6)]));
  return [0, 1, 2].flatMap((row) => columns.map((column) => column[row])) as unknown as Matrix;
}

export function apply(m: Matrix, [x, y, z]: Vector): Vector {
  return [m[0] * x + m[1] * y + m[2] * z, m[3] * x + m[4] * y + m[5] * z, m[6] * x + m[7] * y + m[8] * z];
}

/** @returns undefined where there is none */
export function invert(m: Matrix): Matrix | undefined {
  const [a, b, c, d, e, f, g, h, i] = m;
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  if (!Number.isFinite(determinant) || Math.abs(determinant) < 1e-9) return undefined;
  const cofactors = [
    ...[e * i - f * h, c * h - b * i, b * f - c * e],
    ...[f * g - d * i, a * i - c * g, c * d - a * f],
    ...[d * h - e * g, b * g - a * h, a * e - b * d],
  ];
  return cofactors.map((value) => value / determinant) as unknown as Matrix;
}

export function diagonal([x, y, z]: Vector): Matrix {
  return [x, 0, 0, 0, y, 0, 0, 0, z];
}

function at(m: Matrix, index: number): number {
  return m[index] ?? 0;
}
