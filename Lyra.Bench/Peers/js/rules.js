// A rule engine: n orders as maps, rules with priorities and closures as conditions, fired until none applies
class Rule {
  constructor(name, priority, conditions, action) {
    this.name = name;
    this.priority = priority;
    this.conditions = conditions;
    this.action = action;
  }

  applies(order) { return this.conditions.every((condition) => condition(order)); }
}

class Engine {
  constructor() {
    this.rules = [];
    this.fired = new Map();
  }

  add(name, priority, conditions, action) {
    this.rules.push(new Rule(name, priority, conditions, action));
    this.rules.sort((a, b) => b.priority - a.priority || (a.name < b.name ? -1 : 1));
  }

  // Fires the first rule that applies, again and again; gives how often.
  process(order) {
    let steps = 0;
    while (true) {
      const rule = this.rules.find((r) => r.applies(order));
      if (!rule) return steps;
      steps++;
      if (steps > 50) throw new Error(`endless rules for order ${order.id}`);
      rule.action(order);
      this.fired.set(rule.name, (this.fired.get(rule.name) ?? 0) + 1);
    }
  }
}

const equals = (field, value) => (order) => order[field] === value;
const atLeast = (field, limit) => (order) => order[field] >= limit;
const below = (field, limit) => (order) => order[field] < limit;
const missing = (field) => (order) => !(field in order);
const oneOf = (field, choices) => (order) => choices.has(order[field]);
const negate = (condition) => (order) => !condition(order);
const tagged = (tag) => (order) => order.tags.includes(tag);

function amount(order) {
  const goods = order.quantity * order.price;
  return goods - Math.trunc(goods * order.discount / 100) + order.shipping;
}

function buildEngine() {
  const engine = new Engine();
  const domestic = oneOf("country", new Set(["DE", "AT", "CH"]));
  engine.add("approve", 20, [equals("status", "priced")], (order) => {
    order.status = "approved";
  });
  engine.add("promote to silver", 100, [equals("tier", "basic"), atLeast("points", 400)], (order) => {
    order.tier = "silver";
  });
  engine.add("promote to gold", 100, [equals("tier", "silver"), atLeast("points", 1200)], (order) => {
    order.tier = "gold";
  });
  engine.add("bulk price", 90, [atLeast("quantity", 50), negate(tagged("bulk"))], (order) => {
    order.price = Math.trunc(order.price * 9 / 10);
    order.tags.push("bulk");
  });
  engine.add("silver discount", 80, [equals("tier", "silver"), below("discount", 5)], (order) => {
    order.discount = 5;
  });
  engine.add("gold discount", 80, [equals("tier", "gold"), below("discount", 15)], (order) => {
    order.discount = 15;
  });
  engine.add("domestic shipping", 70, [missing("shipping"), domestic], (order) => {
    order.shipping = 5;
  });
  engine.add("foreign shipping", 70, [missing("shipping"), negate(domestic)], (order) => {
    order.shipping = 12 + Math.trunc(order.quantity / 10);
  });
  engine.add("total", 60, [(order) => order.total !== amount(order)], (order) => {
    order.total = amount(order);
  });
  engine.add("free shipping", 50, [atLeast("total", 8000), atLeast("shipping", 1), domestic], (order) => {
    order.shipping = 0;
  });
  engine.add("earn points", 40, [equals("status", "new")], (order) => {
    order.points += Math.trunc(order.total / 20);
    order.status = "priced";
  });
  engine.add("review", 30, [equals("status", "priced"), equals("tier", "basic"), atLeast("total", 6000)], (order) => {
    order.status = "review";
    order.tags.push("check");
  });
  engine.add("gift", 10, [equals("status", "approved"), equals("tier", "gold"), negate(tagged("gift"))], (order) => {
    order.tags.push("gift");
  });
  engine.add("coupon", 10, [equals("status", "approved"), atLeast("total", 15000), missing("coupon")], (order) => {
    order.coupon = `C-${order.id}-${order.country}`;
  });
  return engine;
}

const countries = ["DE", "FR", "AT", "US", "CH", "JP", "DE"];
let seed = 42;

function random(limit) {
  seed = seed * 16807 % 2147483647;
  return seed % limit;
}

function randomOrder(id) {
  return {
    id,
    country: countries[random(countries.length)],
    tier: random(3) === 0 ? "silver" : "basic",
    points: random(1400),
    quantity: random(80) + 1,
    price: random(300) + 10,
    discount: random(8),
    status: "new",
    total: 0,
    tags: [],
  };
}

function run(n) {
  seed = 42;
  const engine = buildEngine();
  const totals = new Map();
  let sum = 0;
  for (let id = 0; id < n; id++) {
    const order = randomOrder(id);
    const steps = engine.process(order);
    const group = `${order.status}/${order.tier}`;
    totals.set(group, (totals.get(group) ?? 0) + order.total);
    sum = (sum * 31 + order.total * 10 + steps + order.tags.length) % 1000000007;
    sum = (sum * 31 + order.points + (order.coupon ?? "").length) % 1000000007;
  }
  for (const [name, count] of engine.fired) {
    sum = (sum + name.length * count) % 1000000007;
  }
  for (const group of [...totals.keys()].sort()) {
    sum = (sum * 31 + totals.get(group) + group.length) % 1000000007;
  }
  return sum;
}
