// a tax form: fields that depend on other fields, deductions and brackets, for n generated households, with a line for each
const brackets = {
  single: [[11000, 0.1], [44725, 0.12], [95375, 0.22], [182100, 0.24], [231250, 0.32], [Infinity, 0.35]],
  joint: [[22000, 0.1], [89450, 0.12], [190750, 0.22], [364200, 0.24], [462500, 0.32], [Infinity, 0.35]],
  head: [[15700, 0.1], [59850, 0.12], [95350, 0.22], [182100, 0.24], [231250, 0.32], [Infinity, 0.35]],
};
const standardDeductions = { single: 13850, joint: 27700, head: 20800 };

const rounded = (amount) => Math.floor(amount + 0.5);

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

function bracketTax(income, status) {
  let tax = 0;
  let lower = 0;
  for (const [upper, rate] of brackets[status]) {
    if (income <= lower) break;
    tax += (Math.min(income, upper) - lower) * rate;
    lower = upper;
  }
  return rounded(tax);
}

function childCredit(form) {
  const children = form.household.ages.filter((age) => age < 17).length;
  const limit = form.household.status === "joint" ? 400000 : 200000;
  const excess = Math.max(0, form.get("adjusted") - limit);
  return Math.max(0, 2000 * children - 50 * Math.ceil(excess / 1000));
}

// A part of the earned income up to a limit, less a part of the income above another.
function earnedCredit(form) {
  if (form.get("interest") > 11000) return 0;
  const earned = Math.min(form.get("wages") + form.get("business"), 16000) * 0.21;
  const reduction = Math.max(0, form.get("adjusted") - 23000) * 0.16;
  return Math.max(0, rounded(earned - reduction));
}

// A field is a function that computes it from the household and from other fields.
const fields = {
  wages: (form) => sum(form.household.wages),
  interest: (form) => form.household.interest + form.household.dividends,
  business: (form) => Math.max(0, form.household.sales - form.household.expenses),
  businessTax: (form) => rounded(form.get("business") * 0.9235 * 0.153),
  income: (form) => form.get("wages") + form.get("interest") + form.get("business"),
  adjustments: (form) => Math.min(2500, form.household.studentLoan) + Math.floor(form.get("businessTax") / 2),
  adjusted: (form) => Math.max(0, form.get("income") - form.get("adjustments")),
  medical: (form) => Math.max(0, form.household.medical - rounded(form.get("adjusted") * 0.075)),
  gifts: (form) => Math.min(form.household.gifts, rounded(form.get("adjusted") * 0.6)),
  itemized: (form) => form.get("medical") + Math.min(10000, form.household.localTaxes) + form.household.mortgage + form.get("gifts"),
  standard: (form) => standardDeductions[form.household.status] + 1500 * form.household.ages.filter((age) => age >= 65).length,
  deduction: (form) => Math.max(form.get("itemized"), form.get("standard")),
  taxable: (form) => Math.max(0, form.get("adjusted") - form.get("deduction")),
  tax: (form) => bracketTax(form.get("taxable"), form.household.status),
  childCredit,
  earnedCredit,
  surtax: (form) => rounded(Math.max(0, Math.min(form.get("interest"), form.get("adjusted") - 200000)) * 0.038),
  total: (form) => Math.max(0, form.get("tax") - form.get("childCredit")) + form.get("businessTax") + form.get("surtax"),
  refund: (form) => form.household.withheld + form.get("earnedCredit") - form.get("total"),
};

const format = new Intl.NumberFormat("en-US");
const money = (amount, width) => format.format(amount).padStart(width);

class Form {
  constructor(household) {
    this.household = household;
    this.values = new Map();
  }

  get(name) {
    if (!this.values.has(name)) this.values.set(name, fields[name](this));
    return this.values.get(name);
  }

  summary() {
    const { name, status, ages } = this.household;
    const kind = this.get("itemized") > this.get("standard") ? "itemized" : "standard";
    const refund = this.get("refund");
    const last = refund < 0 ? `to pay ${money(-refund, 9)}` : `refund ${money(refund, 9)}`;
    return `${name.padEnd(16)} ${status.padEnd(6)} ${ages.length} persons, ${kind}, income ${money(this.get("income"), 9)}, `
      + `taxable ${money(this.get("taxable"), 9)}, tax ${money(this.get("total"), 8)}, ${last}`;
  }
}

const firstNames = ["Ada", "Ben", "Cora", "Dov", "Elsa", "Finn", "Greta", "Hugo", "Iris", "Jon"];
const lastNames = ["Abbot", "Brandt", "Castle", "Dumas", "Ericson", "Fuchs", "Grant", "Holm"];

function makeHousehold(random) {
  const maybe = (percent, limit) => random(100) < percent ? random(limit) : 0;
  const several = (count, make) => Array.from({ length: count }, make);
  const status = ["single", "joint", "head"][random(3)];
  const adults = status === "joint" ? 2 : 1;
  const name = firstNames[random(10)] + " " + lastNames[random(8)];
  const ages = several(adults, () => 20 + random(60));
  ages.push(...several(random(4), () => random(22)));
  const wages = several(adults, () => random(40) * random(4000));
  return {
    name, status, ages, wages, interest: maybe(60, 4000), dividends: maybe(20, 40000),
    sales: maybe(25, 150000), expenses: maybe(25, 60000), studentLoan: maybe(20, 4000), medical: maybe(40, 20000),
    localTaxes: random(14000), mortgage: maybe(40, 24000), gifts: maybe(50, 9000),
    withheld: Math.floor(sum(wages) * random(25) / 100),
  };
}

function run(n) {
  let seed = 42;
  const random = (limit) => {
    seed = seed * 16807 % 2147483647;
    return seed % limit;
  };
  const totals = new Map();
  let checksum = 0;
  for (let i = 0; i < n; i++) {
    const form = new Form(makeHousehold(random));
    const line = form.summary();
    for (const c of line) checksum = (checksum * 31 + c.charCodeAt(0)) % 1000000007;
    const status = form.household.status;
    const { count, income, tax } = totals.get(status) ?? { count: 0, income: 0, tax: 0 };
    totals.set(status, { count: count + 1, income: income + form.get("income"), tax: tax + form.get("total") });
  }
  for (const status of [...totals.keys()].sort()) {
    const { count, income, tax } = totals.get(status);
    checksum = (checksum * 31 + count * 1000 + Math.floor(tax * 100 / Math.max(1, income)) + tax) % 1000000007;
  }
  return checksum;
}
