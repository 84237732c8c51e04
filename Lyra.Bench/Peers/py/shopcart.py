# a shop's cart: n carts with discount rules as closures, coupons, taxes and shipping; their invoices as text
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

CATEGORIES = ["books", "toys", "food", "garden", "music"]
REGIONS = ["north", "south", "islands"]
TAX_RATES = {
    "north": {"books": 70, "food": 70},
    "south": {"books": 40, "food": 100, "music": 100},
    "islands": {"food": 0},
}
USUAL_RATE = 190  # in tenths of a percent
SHIPPING_RATES = {
    "north": [(500, 290), (2000, 490), (10000, 890)],
    "south": [(1000, 390), (10000, 990)],
    "islands": [(500, 690), (2000, 1290), (5000, 2490)],
}


@dataclass
class Product:
    sku: str
    name: str
    category: str
    price: int
    weight: int


@dataclass
class Line:
    product: Product
    quantity: int

    @property
    def total(self):
        return self.product.price * self.quantity


class Cart:
    def __init__(self, customer, region, is_member, coupon):
        self.customer = customer
        self.region = region
        self.is_member = is_member
        self.coupon = coupon
        self.lines = {}  # from SKU

    def add(self, product, quantity):
        if product.sku in self.lines:
            self.lines[product.sku].quantity += quantity
        else:
            self.lines[product.sku] = Line(product, quantity)

    def subtotal(self):
        return sum(line.total for line in self.lines.values())

    def total_of(self, category):
        return sum(line.total for line in self.lines.values() if line.product.category == category)

    def weight(self):
        return sum(line.product.weight * line.quantity for line in self.lines.values())


@dataclass
class Rule:
    """A rule says how much it takes off a cart."""
    title: str
    amount: Callable


def percent_off(category, percent):
    return Rule(f"{percent}% off {category}", lambda cart: cart.total_of(category) * percent // 100)


def amount_off(minimum, amount):
    return Rule(f"{money(amount)} off", lambda cart: amount if cart.subtotal() >= minimum else 0)


def third_free(category):
    """Of every three items of a category, the cheapest is free."""
    def amount(cart):
        prices = []
        for line in cart.lines.values():
            if line.product.category == category:
                prices += [line.product.price] * line.quantity
        return sum(sorted(prices, reverse=True)[2::3])

    return Rule(f"third of {category} free", amount)


def bundle(first, second, percent):
    return Rule(f"{first} with {second}", lambda cart: min(cart.total_of(first), cart.total_of(second)) * percent // 100)


def for_members(rule):
    return Rule(f"member: {rule.title}", lambda cart: rule.amount(cart) if cart.is_member else 0)


def best_of(title, *rules):
    return Rule(title, lambda cart: max(rule.amount(cart) for rule in rules))


def money(cents):
    return f"{cents // 100}.{cents % 100:02}"


RULES = [
    best_of("book offer", percent_off("books", 10), third_free("books")),
    third_free("toys"),
    bundle("food", "garden", 15),
    for_members(percent_off("music", 12)),
    for_members(best_of("volume", amount_off(10000, 500), amount_off(25000, 1500), amount_off(50000, 4000))),
]


@dataclass
class Coupon:
    minimum: int
    rule: Rule


COUPONS = {
    "WELCOME": Coupon(2000, amount_off(0, 500)),
    "BOOKS20": Coupon(3000, percent_off("books", 20)),
    "GREEN": Coupon(15000, bundle("garden", "garden", 25)),
    "PLAY": Coupon(5000, best_of("play", percent_off("toys", 15), percent_off("music", 15))),
}


class CouponError(Exception):
    pass


def find_coupon(code, cart):
    coupon = COUPONS.get(code)
    if coupon is None:
        raise CouponError(f"no coupon {code}")
    if cart.subtotal() < coupon.minimum:
        raise CouponError(f"coupon {code} is for {money(coupon.minimum)} or more")
    return coupon.rule


def shipping(cart, total):
    weight = cart.weight()
    if total >= 20000 and weight < 15000:
        return 0
    rates = SHIPPING_RATES[cart.region]
    for limit, price in rates:
        if weight <= limit:
            return price
    limit, price = rates[-1]
    return price + (weight - limit + 999) // 1000 * 120


class Shop:
    def __init__(self, products):
        self.products = products
        self.revenue = defaultdict(int)  # from region
        self.granted = defaultdict(int)  # from the title of a rule

    def checkout(self, number, cart):
        rows = [f"Invoice {number} for {cart.customer}, {cart.region}"]

        def add_row(text, amount):
            rows.append(f"{text:36}{amount:>12}")

        lines = cart.lines.values()
        for line in lines:
            add_row(f"{line.quantity:3} x {line.product.name}", money(line.total))
        subtotal = cart.subtotal()
        add_row("Subtotal", money(subtotal))
        applied = list(RULES)
        if cart.coupon is not None:
            try:
                applied.append(find_coupon(cart.coupon, cart))
            except CouponError as e:
                rows.append(f"({e})")
        discount = 0
        for rule in applied:
            amount = min(rule.amount(cart), subtotal - discount)
            if amount == 0:
                continue
            discount += amount
            self.granted[rule.title] += amount
            add_row(rule.title, "-" + money(amount))
        taxes = defaultdict(int)
        for line in lines:
            rate = TAX_RATES[cart.region].get(line.product.category, USUAL_RATE)
            net = line.total - discount * line.total // subtotal
            taxes[rate] += (net * rate + 500) // 1000
        for rate, tax in sorted(taxes.items()):
            add_row(f"Tax {rate // 10}.{rate % 10}%", money(tax))
        freight = shipping(cart, subtotal - discount)
        add_row("Shipping", "free" if freight == 0 else money(freight))
        total = subtotal - discount + sum(taxes.values()) + freight
        add_row("Total", money(total))
        self.revenue[cart.region] += total
        return rows

    def summary(self):
        return [f"{name}: {money(amount)}" for table in (self.revenue, self.granted) for name, amount in sorted(table.items())]


def make_products(random):
    adjectives = ["Old", "Red", "Small", "Wild", "Quiet", "Golden"]
    nouns = ["Owl", "River", "Lamp", "Garden", "Box", "Song", "Bread"]
    products = []
    for i in range(60):
        name = f"{adjectives[random(6)]} {nouns[random(7)]}"
        products.append(Product(f"P{100 + i}", name, CATEGORIES[random(5)], 99 + random(6000), 50 + random(1500)))
    return products


def make_cart(random, products):
    codes = ["WELCOME", "BOOKS20", "GREEN", "PLAY", "BOGUS"]
    coupon = codes[random(5)] if random(8) == 0 else None
    cart = Cart(f"customer {random(500)}", REGIONS[random(3)], random(3) == 0, coupon)
    for _ in range(1 + random(8)):
        product = products[random(60)]
        cart.add(product, 1 + random(4))
    return cart


def run(n):
    seed = 42

    def random(limit):
        nonlocal seed
        seed = seed * 16807 % 2147483647
        return seed % limit

    shop = Shop(make_products(random))
    total = 0
    for number in range(n):
        invoice = shop.checkout(number, make_cart(random, shop.products))
        for c in "\n".join(invoice):
            total = (total * 31 + ord(c)) % 1000000007
    for c in "\n".join(shop.summary()):
        total = (total * 31 + ord(c)) % 1000000007
    return total
