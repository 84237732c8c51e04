// n days of a shop's inventory: orders and restocking as commands with undo and redo, listeners on an event bus
const MOD = 1000000007;

const names = ["changed", "low", "rejected", "ordered", "cancelled", "repriced"];
const customers = ["Ada", "Bob", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hal"];
let seed = 42;

function random(limit) {
  seed = seed * 16807 % 2147483647;
  return seed % limit;
}

class EventBus {
  constructor() {
    this.listeners = new Map();
  }

  on(name, listener) {
    if (!this.listeners.has(name)) this.listeners.set(name, []);
    this.listeners.get(name).push(listener);
  }

  emit(name, subject, amount) {
    const event = { name, subject, amount };
    for (const listener of this.listeners.get(name) ?? []) listener(event);
  }
}

class Inventory {
  constructor(bus) {
    this.bus = bus;
    this.items = new Map();
  }

  change(sku, amount) {
    const item = this.items.get(sku);
    item.stock += amount;
    this.bus.emit("changed", item, amount);
    if (item.stock < item.minimum) this.bus.emit("low", item, item.minimum - item.stock);
  }
}

class Order {
  constructor(inventory, customer, lines) {
    this.inventory = inventory;
    this.customer = customer;
    this.lines = lines;
    this.total = 0;
  }

  execute() {
    this.total = 0;
    for (const line of this.lines) {
      const item = this.inventory.items.get(line.sku);
      if (item.stock < line.quantity) {
        this.inventory.bus.emit("rejected", item, line.quantity);
        return false;
      }
      this.total += item.price * line.quantity;
    }
    for (const line of this.lines) this.inventory.change(line.sku, -line.quantity);
    this.inventory.bus.emit("ordered", this.customer, this.total);
    return true;
  }

  undo() {
    for (const line of this.lines) this.inventory.change(line.sku, line.quantity);
    this.inventory.bus.emit("cancelled", this.customer, this.total);
  }
}

class Restock {
  constructor(inventory, sku, quantity) {
    this.inventory = inventory;
    this.sku = sku;
    this.quantity = quantity;
  }

  execute() {
    this.inventory.change(this.sku, this.quantity);
    return true;
  }

  undo() { this.inventory.change(this.sku, -this.quantity); }
}

class Reprice {
  constructor(inventory, sku, price) {
    this.inventory = inventory;
    this.sku = sku;
    this.price = price;
  }

  execute() {
    const item = this.inventory.items.get(this.sku);
    [item.price, this.price] = [this.price, item.price];
    this.inventory.bus.emit("repriced", item, item.price - this.price);
    return true;
  }

  undo() { this.execute(); } // swaps the prices back
}

class History {
  constructor() {
    this.undoable = [];
    this.redoable = [];
  }

  run(command) {
    if (command.execute()) {
      this.undoable.push(command);
      this.redoable = [];
    }
  }

  undo() {
    if (this.undoable.length === 0) return;
    const command = this.undoable.pop();
    this.redoable.push(command);
    command.undo();
  }

  redo() {
    if (this.redoable.length === 0) return;
    const command = this.redoable.pop();
    if (command.execute()) this.undoable.push(command);
  }
}

function randomOrder(inventory, skus) {
  const first = random(skus.length);
  const lines = [];
  const count = 1 + random(4);
  for (let i = 0; i < count; i++) lines.push({ sku: skus[(first + i * 7) % skus.length], quantity: 1 + random(5) });
  return new Order(inventory, customers[random(customers.length)], lines);
}

function run(n) {
  seed = 42;
  const bus = new EventBus();
  const inventory = new Inventory(bus);
  const skus = [];
  for (let i = 0; i < 60; i++) {
    const sku = `SKU-${String(i).padStart(3, "0")}`;
    skus.push(sku);
    inventory.items.set(sku, { sku, price: 100 + random(900), stock: 20 + random(30), minimum: 10 });
  }

  const counts = new Map();
  const spent = new Map();
  const wanted = new Map();
  let sum = 0;
  let logged = 0;
  for (const name of names) bus.on(name, (e) => { counts.set(e.name, (counts.get(e.name) ?? 0) + 1); });
  bus.on("changed", (e) => { sum = (sum * 31 + e.subject.stock + 1000) % MOD; });
  bus.on("low", (e) => { wanted.set(e.subject.sku, e.amount + 20); });
  bus.on("ordered", (e) => { spent.set(e.subject, (spent.get(e.subject) ?? 0) + e.amount); });
  bus.on("cancelled", (e) => { spent.set(e.subject, spent.get(e.subject) - e.amount); });
  bus.on("repriced", (e) => { sum = (sum * 31 + e.subject.price) % MOD; });
  bus.on("rejected", (e) => { logged += `${e.name}: ${e.amount} of ${e.subject.sku}, ${e.subject.stock} left`.length; });

  for (let day = 0; day < n; day++) {
    const history = new History();
    for (let i = 0; i < 40; i++) {
      switch (random(10)) {
        case 0: history.undo(); break;
        case 1: history.redo(); break;
        case 2: history.run(new Reprice(inventory, skus[random(skus.length)], 100 + random(900))); break;
        default: history.run(randomOrder(inventory, skus));
      }
    }
    for (const sku of skus) {
      if (wanted.has(sku)) history.run(new Restock(inventory, sku, wanted.get(sku)));
    }
    wanted.clear();
    if (day % 5 === 0) history.undo();
  }

  for (const name of names) sum = (sum * 31 + (counts.get(name) ?? 0)) % MOD;
  for (const customer of customers) sum = (sum * 31 + (spent.get(customer) ?? 0)) % MOD;
  for (const sku of skus) sum = (sum * 31 + inventory.items.get(sku).stock + 1000) % MOD;
  return (sum * 31 + logged) % MOD;
}
