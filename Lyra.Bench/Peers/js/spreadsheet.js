// A spreadsheet with closures as formulas: n edits, each followed by recalculating what depends on the cell, in topological order
const ROWS = 15;

class Cell {
  constructor(name) {
    this.name = name;
    this.value = 0;
    this.formula = null;
    this.inputs = [];      // the cells that the formula reads
    this.dependents = [];  // the cells whose formulas read this one
  }
}

class Sheet {
  constructor() {
    this.cells = new Map();
    this.tracked = null;   // the cell whose formula is being evaluated
    this.recalculated = 0;
  }

  cell(name) {
    if (!this.cells.has(name)) this.cells.set(name, new Cell(name));
    return this.cells.get(name);
  }

  // What formulas call; notes who reads which cell.
  get(name) {
    const cell = this.cell(name);
    const reader = this.tracked;
    if (reader !== null && !reader.inputs.includes(cell)) {
      reader.inputs.push(cell);
      cell.dependents.push(reader);
    }
    return cell.value;
  }

  setValue(name, value) {
    const cell = this.cell(name);
    this.unlink(cell);
    cell.formula = null;
    cell.value = value;
    this.update(cell);
  }

  setFormula(name, formula) {
    const cell = this.cell(name);
    this.unlink(cell);
    cell.formula = formula;
    this.tracked = cell;
    cell.value = formula();
    this.tracked = null;
    this.update(cell);
  }

  unlink(cell) {
    for (const input of cell.inputs) {
      input.dependents.splice(input.dependents.indexOf(cell), 1);
    }
    cell.inputs = [];
  }

  // Recalculates all cells that depend on the given one, directly or not.
  update(changed) {
    for (const cell of this.order(changed)) {
      if (cell.formula !== null) {
        cell.value = cell.formula();
        this.recalculated++;
      }
    }
  }

  // The cell and its dependents, each after all that it reads.
  order(first) {
    const states = new Map();
    const result = [];
    const visit = (cell) => {
      const state = states.get(cell.name);
      if (state === "done") return;
      if (state === "open") throw new Error(`${cell.name} depends on itself`);
      states.set(cell.name, "open");
      for (const dependent of cell.dependents) visit(dependent);
      states.set(cell.name, "done");
      result.push(cell);
    };
    visit(first);
    return result.reverse();
  }
}

function product(sheet, a, b) {
  return () => sheet.get(a) * sheet.get(b);
}

function discounted(sheet, a, b, percent) {
  return () => {
    const amount = sheet.get(a) * sheet.get(b);
    return amount > 20000 ? amount - Math.trunc(amount * percent / 100) : amount;
  };
}

function running(sheet, before, amount) {
  return () => sheet.get(before) + sheet.get(amount);
}

function column(letter) {
  return Array.from({ length: ROWS }, (_, i) => `${letter}${i + 1}`);
}

function total(sheet, names) {
  return () => names.reduce((sum, name) => sum + sheet.get(name), 0);
}

function largest(sheet, names) {
  return () => Math.max(...names.map((name) => sheet.get(name)));
}

function countAbove(sheet, names, limit) {
  return () => {
    const bound = sheet.get(limit);
    return names.filter((name) => sheet.get(name) > bound).length;
  };
}

let seed = 42;

function random(limit) {
  seed = seed * 16807 % 2147483647;
  return seed % limit;
}

// Per row: A quantity, B price, C amount, D running total, and some sums below.
function build() {
  const sheet = new Sheet();
  sheet.setValue("D0", 0);
  for (let row = 1; row <= ROWS; row++) {
    sheet.setValue(`A${row}`, random(100));
    sheet.setValue(`B${row}`, random(1000));
    sheet.setFormula(`C${row}`, product(sheet, `A${row}`, `B${row}`));
    sheet.setFormula(`D${row}`, running(sheet, `D${row - 1}`, `C${row}`));
  }
  sheet.setFormula("quantity", total(sheet, column("A")));
  sheet.setFormula("amount", total(sheet, column("C")));
  sheet.setFormula("largest", largest(sheet, column("C")));
  sheet.setFormula("average", () =>
    sheet.get("quantity") === 0 ? 0 : Math.trunc(sheet.get("amount") / sheet.get("quantity")));
  sheet.setFormula("limit", () => Math.trunc(sheet.get("largest") / 2) + sheet.get("average"));
  sheet.setFormula("above", countAbove(sheet, column("C"), "limit"));
  return sheet;
}

function edit(sheet) {
  const row = random(ROWS) + 1;
  switch (random(8)) {
    case 0: sheet.setFormula(`C${row}`, product(sheet, `A${row}`, `B${row}`)); break;
    case 1: sheet.setFormula(`C${row}`, discounted(sheet, `A${row}`, `B${row}`, random(30) + 1)); break;
    case 2: case 3: case 4: sheet.setValue(`A${row}`, random(100)); break;
    default: sheet.setValue(`B${row}`, random(1000));
  }
}

function run(n) {
  seed = 42;
  const sheet = build();
  let sum = 0;
  for (let i = 0; i < n; i++) {
    edit(sheet);
    const middle = sheet.get(`D${random(ROWS) + 1}`);
    sum = (sum * 31 + middle + sheet.get("amount") * 3 + sheet.get("limit") + sheet.get("above")) % 1000000007;
  }
  return (sum * 31 + sheet.recalculated) % 1000000007;
}
