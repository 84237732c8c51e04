# n days of a shop's inventory: orders and restocking as commands with undo and redo, listeners on an event bus
from collections import defaultdict, namedtuple

MOD = 1000000007

NAMES = ["changed", "low", "rejected", "ordered", "cancelled", "repriced"]
CUSTOMERS = ["Ada", "Bob", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hal"]
seed = 42


def random(limit):
    global seed
    seed = seed * 16807 % 2147483647
    return seed % limit


Event = namedtuple("Event", "name subject amount")
Line = namedtuple("Line", "sku quantity")


class EventBus:
    def __init__(self):
        self.listeners = defaultdict(list)

    def on(self, name, listener):
        self.listeners[name].append(listener)

    def emit(self, name, subject, amount):
        event = Event(name, subject, amount)
        for listener in self.listeners[name]:
            listener(event)


class Item:
    def __init__(self, sku, price, stock, minimum):
        self.sku = sku
        self.price = price
        self.stock = stock
        self.minimum = minimum


class Inventory:
    def __init__(self, bus):
        self.bus = bus
        self.items = {}

    def change(self, sku, amount):
        item = self.items[sku]
        item.stock += amount
        self.bus.emit("changed", item, amount)
        if item.stock < item.minimum:
            self.bus.emit("low", item, item.minimum - item.stock)


class Order:
    def __init__(self, inventory, customer, lines):
        self.inventory = inventory
        self.customer = customer
        self.lines = lines
        self.total = 0

    def execute(self):
        self.total = 0
        for line in self.lines:
            item = self.inventory.items[line.sku]
            if item.stock < line.quantity:
                self.inventory.bus.emit("rejected", item, line.quantity)
                return False
            self.total += item.price * line.quantity
        for line in self.lines:
            self.inventory.change(line.sku, -line.quantity)
        self.inventory.bus.emit("ordered", self.customer, self.total)
        return True

    def undo(self):
        for line in self.lines:
            self.inventory.change(line.sku, line.quantity)
        self.inventory.bus.emit("cancelled", self.customer, self.total)


class Restock:
    def __init__(self, inventory, sku, quantity):
        self.inventory = inventory
        self.sku = sku
        self.quantity = quantity

    def execute(self):
        self.inventory.change(self.sku, self.quantity)
        return True

    def undo(self):
        self.inventory.change(self.sku, -self.quantity)


class Reprice:
    def __init__(self, inventory, sku, price):
        self.inventory = inventory
        self.sku = sku
        self.price = price

    def execute(self):
        item = self.inventory.items[self.sku]
        item.price, self.price = self.price, item.price
        self.inventory.bus.emit("repriced", item, item.price - self.price)
        return True

    def undo(self):
        self.execute()  # swaps the prices back


class History:
    def __init__(self):
        self.undoable = []
        self.redoable = []

    def run(self, command):
        if command.execute():
            self.undoable.append(command)
            self.redoable.clear()

    def undo(self):
        if not self.undoable:
            return
        command = self.undoable.pop()
        self.redoable.append(command)
        command.undo()

    def redo(self):
        if not self.redoable:
            return
        command = self.redoable.pop()
        if command.execute():
            self.undoable.append(command)


def random_order(inventory, skus):
    first = random(len(skus))
    lines = [Line(skus[(first + i * 7) % len(skus)], 1 + random(5)) for i in range(1 + random(4))]
    return Order(inventory, CUSTOMERS[random(len(CUSTOMERS))], lines)


def run(n):
    global seed
    seed = 42
    bus = EventBus()
    inventory = Inventory(bus)
    skus = []
    for i in range(60):
        sku = f"SKU-{i:03}"
        skus.append(sku)
        inventory.items[sku] = Item(sku, 100 + random(900), 20 + random(30), 10)

    counts = {}
    spent = {}
    wanted = {}
    total = 0
    logged = 0

    def on_any(e):
        counts[e.name] = counts.get(e.name, 0) + 1

    def on_changed(e):
        nonlocal total
        total = (total * 31 + e.subject.stock + 1000) % MOD

    def on_low(e):
        wanted[e.subject.sku] = e.amount + 20

    def on_ordered(e):
        spent[e.subject] = spent.get(e.subject, 0) + e.amount

    def on_cancelled(e):
        spent[e.subject] -= e.amount

    def on_repriced(e):
        nonlocal total
        total = (total * 31 + e.subject.price) % MOD

    def on_rejected(e):
        nonlocal logged
        logged += len(f"{e.name}: {e.amount} of {e.subject.sku}, {e.subject.stock} left")

    for name in NAMES:
        bus.on(name, on_any)
    bus.on("changed", on_changed)
    bus.on("low", on_low)
    bus.on("ordered", on_ordered)
    bus.on("cancelled", on_cancelled)
    bus.on("repriced", on_repriced)
    bus.on("rejected", on_rejected)

    for day in range(n):
        history = History()
        for _ in range(40):
            kind = random(10)
            if kind == 0:
                history.undo()
            elif kind == 1:
                history.redo()
            elif kind == 2:
                history.run(Reprice(inventory, skus[random(len(skus))], 100 + random(900)))
            else:
                history.run(random_order(inventory, skus))
        for sku in skus:
            if sku in wanted:
                history.run(Restock(inventory, sku, wanted[sku]))
        wanted.clear()
        if day % 5 == 0:
            history.undo()

    for name in NAMES:
        total = (total * 31 + counts.get(name, 0)) % MOD
    for customer in CUSTOMERS:
        total = (total * 31 + spent.get(customer, 0)) % MOD
    for sku in skus:
        total = (total * 31 + inventory.items[sku].stock + 1000) % MOD
    return (total * 31 + logged) % MOD
