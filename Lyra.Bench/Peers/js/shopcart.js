// a shop's cart: n carts with discount rules as closures, coupons, taxes and shipping; their invoices as text
const CATEGORIES = ["books", "toys", "food", "garden", "music"];
const REGIONS = ["north", "south", "islands"];
const TAX_RATES = {
  north: { books: 70, food: 70 },
  south: { books: 40, food: 100, music: 100 },
  islands: { food: 0 },
};
const USUAL_RATE = 190; // in tenths of a percent
const SHIPPING_RATES = {
  north: [[500, 290], [2000, 490], [10000, 890]],
  south: [[1000, 390], [10000, 990]],
  islands: [[500, 690], [2000, 1290], [5000, 2490]],
};

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

class Line {
  constructor(product, quantity) {
    this.product = product;
    this.quantity = quantity;
  }

  get total() {
    return this.product.price * this.quantity;
  }
}

class Cart {
  constructor(customer, region, isMember, coupon) {
    this.customer = customer;
    this.region = region;
    this.isMember = isMember;
    this.coupon = coupon;
    this.linesBySku = new Map();
  }

  add(product, quantity) {
    const line = this.linesBySku.get(product.sku);
    if (line) line.quantity += quantity;
    else this.linesBySku.set(product.sku, new Line(product, quantity));
  }

  get lines() {
    return [...this.linesBySku.values()];
  }

  get subtotal() {
    return sum(this.lines.map((line) => line.total));
  }

  get weight() {
    return sum(this.lines.map((line) => line.product.weight * line.quantity));
  }

  totalOf(category) {
    return sum(this.lines.filter((line) => line.product.category === category).map((line) => line.total));
  }
}

// A rule has a title and says how much it takes off a cart.
const percentOff = (category, percent) => ({
  title: `${percent}% off ${category}`,
  amount: (cart) => Math.floor(cart.totalOf(category) * percent / 100),
});

const amountOff = (minimum, amount) => ({
  title: `${money(amount)} off`,
  amount: (cart) => cart.subtotal >= minimum ? amount : 0,
});

// Of every three items of a category, the cheapest is free.
const thirdFree = (category) => ({
  title: `third of ${category} free`,
  amount: (cart) => {
    const prices = cart.lines
      .filter((line) => line.product.category === category)
      .flatMap((line) => Array(line.quantity).fill(line.product.price));
    return sum(prices.sort((a, b) => b - a).filter((_, i) => i % 3 === 2));
  },
});

const bundle = (first, second, percent) => ({
  title: `${first} with ${second}`,
  amount: (cart) => Math.floor(Math.min(cart.totalOf(first), cart.totalOf(second)) * percent / 100),
});

const forMembers = (rule) => ({
  title: `member: ${rule.title}`,
  amount: (cart) => cart.isMember ? rule.amount(cart) : 0,
});

const bestOf = (title, ...rules) => ({
  title,
  amount: (cart) => Math.max(...rules.map((rule) => rule.amount(cart))),
});

const RULES = [
  bestOf("book offer", percentOff("books", 10), thirdFree("books")),
  thirdFree("toys"),
  bundle("food", "garden", 15),
  forMembers(percentOff("music", 12)),
  forMembers(bestOf("volume", amountOff(10000, 500), amountOff(25000, 1500), amountOff(50000, 4000))),
];

const COUPONS = new Map(Object.entries({
  WELCOME: { minimum: 2000, rule: amountOff(0, 500) },
  BOOKS20: { minimum: 3000, rule: percentOff("books", 20) },
  GREEN: { minimum: 15000, rule: bundle("garden", "garden", 25) },
  PLAY: { minimum: 5000, rule: bestOf("play", percentOff("toys", 15), percentOff("music", 15)) },
}));

class CouponError extends Error {}

function findCoupon(code, cart) {
  const coupon = COUPONS.get(code);
  if (!coupon) throw new CouponError(`no coupon ${code}`);
  if (cart.subtotal < coupon.minimum) throw new CouponError(`coupon ${code} is for ${money(coupon.minimum)} or more`);
  return coupon.rule;
}

function money(cents) {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
}

function shipping(cart, total) {
  const { weight } = cart;
  if (total >= 20000 && weight < 15000) return 0;
  const rates = SHIPPING_RATES[cart.region];
  const bracket = rates.find(([limit]) => weight <= limit);
  if (bracket) return bracket[1];
  const [limit, price] = rates.at(-1);
  return price + Math.ceil((weight - limit) / 1000) * 120;
}

class Shop {
  constructor(products) {
    this.products = products;
    this.revenue = new Map(); // from region
    this.granted = new Map(); // from the title of a rule
  }

  checkout(number, cart) {
    const rows = [`Invoice ${number} for ${cart.customer}, ${cart.region}`];
    const addRow = (text, amount) => rows.push(text.padEnd(36) + amount.padStart(12));

    for (const line of cart.lines) addRow(`${String(line.quantity).padStart(3)} x ${line.product.name}`, money(line.total));
    const { subtotal } = cart;
    addRow("Subtotal", money(subtotal));
    const applied = [...RULES];
    if (cart.coupon !== null) {
      try {
        applied.push(findCoupon(cart.coupon, cart));
      } catch (e) {
        if (!(e instanceof CouponError)) throw e;
        rows.push(`(${e.message})`);
      }
    }
    let discount = 0;
    for (const rule of applied) {
      const amount = Math.min(rule.amount(cart), subtotal - discount);
      if (amount === 0) continue;
      discount += amount;
      this.granted.set(rule.title, (this.granted.get(rule.title) ?? 0) + amount);
      addRow(rule.title, "-" + money(amount));
    }
    const taxes = new Map();
    for (const line of cart.lines) {
      const rate = TAX_RATES[cart.region][line.product.category] ?? USUAL_RATE;
      const net = line.total - Math.floor(discount * line.total / subtotal);
      taxes.set(rate, (taxes.get(rate) ?? 0) + Math.floor((net * rate + 500) / 1000));
    }
    for (const rate of [...taxes.keys()].sort((a, b) => a - b)) {
      addRow(`Tax ${Math.floor(rate / 10)}.${rate % 10}%`, money(taxes.get(rate)));
    }
    const freight = shipping(cart, subtotal - discount);
    addRow("Shipping", freight === 0 ? "free" : money(freight));
    const total = subtotal - discount + sum([...taxes.values()]) + freight;
    addRow("Total", money(total));
    this.revenue.set(cart.region, (this.revenue.get(cart.region) ?? 0) + total);
    return rows;
  }

  summary() {
    return [this.revenue, this.granted].flatMap((table) =>
      [...table.keys()].sort().map((name) => `${name}: ${money(table.get(name))}`));
  }
}

function makeProducts(random) {
  const adjectives = ["Old", "Red", "Small", "Wild", "Quiet", "Golden"];
  const nouns = ["Owl", "River", "Lamp", "Garden", "Box", "Song", "Bread"];
  return Array.from({ length: 60 }, (_, i) => ({
    sku: `P${100 + i}`, name: `${adjectives[random(6)]} ${nouns[random(7)]}`, category: CATEGORIES[random(5)],
    price: 99 + random(6000), weight: 50 + random(1500),
  }));
}

function makeCart(random, products) {
  const codes = ["WELCOME", "BOOKS20", "GREEN", "PLAY", "BOGUS"];
  const coupon = random(8) === 0 ? codes[random(5)] : null;
  const cart = new Cart(`customer ${random(500)}`, REGIONS[random(3)], random(3) === 0, coupon);
  const count = 1 + random(8);
  for (let i = 0; i < count; i++) {
    const product = products[random(60)];
    cart.add(product, 1 + random(4));
  }
  return cart;
}

function run(n) {
  let seed = 42;
  const random = (limit) => {
    seed = seed * 16807 % 2147483647;
    return seed % limit;
  };
  const shop = new Shop(makeProducts(random));
  let total = 0;
  const add = (rows) => {
    for (const c of rows.join("\n")) total = (total * 31 + c.charCodeAt(0)) % 1000000007;
  };
  for (let number = 0; number < n; number++) add(shop.checkout(number, makeCart(random, shop.products)));
  add(shop.summary());
  return total;
}
