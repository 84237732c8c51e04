// n systems of linear equations on arrays of arrays of floats: Gaussian elimination with pivoting, determinants, inverses
const MODULUS = 1000000007;
const EPSILON = 1e-9;

let seed = 31;

function random(limit) {
  seed = seed * 16807 % 2147483647;
  return seed % limit;
}

const randomValue = () => random(2000) / 1000 - 1;

function randomVector(size) {
  const v = [];
  for (let i = 0; i < size; i++) v.push(randomValue());
  return v;
}

function randomMatrix(size) {
  const m = [];
  for (let i = 0; i < size; i++) m.push(randomVector(size));
  return m;
}

function identity(size) {
  const m = [];
  for (let i = 0; i < size; i++) {
    const row = new Array(size).fill(0);
    row[i] = 1;
    m.push(row);
  }
  return m;
}

// The matrix with the columns of another one at its right.
const augment = (a, b) => a.map((row, i) => [...row, ...b[i]]);

class Singular extends Error {}

function pivotRow(m, column) {
  let best = column;
  for (let i = column + 1; i < m.length; i++) {
    if (Math.abs(m[i][column]) > Math.abs(m[best][column])) best = i;
  }
  if (Math.abs(m[best][column]) < EPSILON) throw new Singular(`no pivot in column ${column}`);
  return best;
}

// Brings the square part at the left to upper triangular form, in place; the result is its determinant.
function eliminate(m) {
  const size = m.length;
  const width = m[0].length;
  let determinant = 1;
  for (let column = 0; column < size; column++) {
    const pivot = pivotRow(m, column);
    if (pivot !== column) {
      [m[column], m[pivot]] = [m[pivot], m[column]];
      determinant = -determinant;
    }
    determinant *= m[column][column];
    for (let i = column + 1; i < size; i++) {
      const factor = m[i][column] / m[column][column];
      for (let j = column; j < width; j++) m[i][j] -= factor * m[column][j];
    }
  }
  return determinant;
}

function solve(a, b) {
  const size = a.length;
  const m = augment(a, b.map((v) => [v]));
  const determinant = eliminate(m);
  const x = new Array(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    let sum = m[i][size];
    for (let j = i + 1; j < size; j++) sum -= m[i][j] * x[j];
    x[i] = sum / m[i][i];
  }
  return [x, determinant];
}

function inverse(a) {
  const size = a.length;
  const m = augment(a, identity(size));
  eliminate(m);
  for (let column = size - 1; column >= 0; column--) {
    const pivot = m[column][column];
    m[column] = m[column].map((v) => v / pivot);
    for (let i = 0; i < column; i++) {
      const factor = m[i][column];
      for (let j = 0; j < 2 * size; j++) m[i][j] -= factor * m[column][j];
    }
  }
  return m.map((row) => row.slice(size));
}

function dot(u, v) {
  let sum = 0;
  for (let i = 0; i < u.length; i++) sum += u[i] * v[i];
  return sum;
}

const apply = (a, v) => a.map((row) => dot(row, v));

const transpose = (a) => a[0].map((_, j) => a.map((row) => row[j]));

function multiply(a, b) {
  const columns = transpose(b);
  return a.map((row) => columns.map((column) => dot(row, column)));
}

function largest(v) {
  let best = 0;
  for (const x of v) best = Math.max(best, Math.abs(x));
  return best;
}

function rounded(x) {
  const whole = Math.floor(x * 1000 + 0.5) % MODULUS;
  return whole < 0 ? whole + MODULUS : whole;
}

function digest(v) {
  let hash = 0;
  for (const x of v) hash = (hash * 31 + rounded(x)) % MODULUS;
  return hash;
}

function assert(condition, message) {
  if (!condition) throw new Error(message);
}

function solveOne(number) {
  const size = 3 + random(10);
  const a = randomMatrix(size);
  const b = randomVector(size);
  if (number % 8 === 7) a[size - 1] = a[0].map((v) => v * 2); // no solution
  const [x, determinant] = solve(a, b);
  const errors = apply(a, x).map((p, i) => p - b[i]);
  assert(largest(errors) < 0.001, "wrong solution");
  let hash = digest(x) + rounded(determinant);
  if (number % 4 === 0) {
    const inverted = inverse(a);
    for (const row of inverted) hash = (hash * 31 + digest(row)) % MODULUS;
    multiply(a, inverted).forEach((row, i) => assert(Math.abs(row[i] - 1) < 0.001, "wrong inverse"));
  }
  return hash;
}

function run(n) {
  seed = 31;
  let checksum = 0;
  let singular = 0;
  for (let i = 0; i < n; i++) {
    try {
      checksum = (checksum * 31 + solveOne(i)) % MODULUS;
    } catch (e) {
      if (!(e instanceof Singular)) throw e;
      singular++;
    }
  }
  return (checksum * 31 + singular) % MODULUS;
}
