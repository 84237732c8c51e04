# A rule engine: n orders as maps, rules with priorities and closures as conditions, fired until none applies


class Rule:
    def __init__(self, name, priority, conditions, action):
        self.name = name
        self.priority = priority
        self.conditions = conditions
        self.action = action

    def applies(self, order):
        return all(condition(order) for condition in self.conditions)


class Engine:
    def __init__(self):
        self.rules = []
        self.fired = {}

    def add(self, name, priority, conditions, action):
        self.rules.append(Rule(name, priority, conditions, action))
        self.rules.sort(key=lambda rule: (-rule.priority, rule.name))

    # Fires the first rule that applies, again and again; gives how often.
    def process(self, order):
        steps = 0
        while True:
            rule = next((r for r in self.rules if r.applies(order)), None)
            if rule is None:
                return steps
            steps += 1
            if steps > 50:
                raise RuntimeError(f"endless rules for order {order['id']}")
            rule.action(order)
            self.fired[rule.name] = self.fired.get(rule.name, 0) + 1


def equals(field, value):
    return lambda order: order[field] == value


def at_least(field, limit):
    return lambda order: order[field] >= limit


def below(field, limit):
    return lambda order: order[field] < limit


def missing(field):
    return lambda order: field not in order


def one_of(field, choices):
    return lambda order: order[field] in choices


def negate(condition):
    return lambda order: not condition(order)


def tagged(tag):
    return lambda order: tag in order["tags"]


def assign(field, value):
    def action(order):
        order[field] = value
    return action


def add_tag(tag):
    return lambda order: order["tags"].append(tag)


def amount(order):
    goods = order["quantity"] * order["price"]
    return goods - goods * order["discount"] // 100 + order["shipping"]


def bulk_price(order):
    order["price"] = order["price"] * 9 // 10
    order["tags"].append("bulk")


def foreign_shipping(order):
    order["shipping"] = 12 + order["quantity"] // 10


def update_total(order):
    order["total"] = amount(order)


def earn_points(order):
    order["points"] += order["total"] // 20
    order["status"] = "priced"


def review(order):
    order["status"] = "review"
    order["tags"].append("check")


def give_coupon(order):
    order["coupon"] = f"C-{order['id']}-{order['country']}"


def build_engine():
    engine = Engine()
    domestic = one_of("country", {"DE", "AT", "CH"})
    engine.add("approve", 20, [equals("status", "priced")], assign("status", "approved"))
    engine.add("promote to silver", 100, [equals("tier", "basic"), at_least("points", 400)], assign("tier", "silver"))
    engine.add("promote to gold", 100, [equals("tier", "silver"), at_least("points", 1200)], assign("tier", "gold"))
    engine.add("bulk price", 90, [at_least("quantity", 50), negate(tagged("bulk"))], bulk_price)
    engine.add("silver discount", 80, [equals("tier", "silver"), below("discount", 5)], assign("discount", 5))
    engine.add("gold discount", 80, [equals("tier", "gold"), below("discount", 15)], assign("discount", 15))
    engine.add("domestic shipping", 70, [missing("shipping"), domestic], assign("shipping", 5))
    engine.add("foreign shipping", 70, [missing("shipping"), negate(domestic)], foreign_shipping)
    engine.add("total", 60, [lambda order: order["total"] != amount(order)], update_total)
    engine.add("free shipping", 50, [at_least("total", 8000), at_least("shipping", 1), domestic], assign("shipping", 0))
    engine.add("earn points", 40, [equals("status", "new")], earn_points)
    engine.add("review", 30, [equals("status", "priced"), equals("tier", "basic"), at_least("total", 6000)], review)
    engine.add("gift", 10, [equals("status", "approved"), equals("tier", "gold"), negate(tagged("gift"))], add_tag("gift"))
    engine.add("coupon", 10, [equals("status", "approved"), at_least("total", 15000), missing("coupon")], give_coupon)
    return engine


COUNTRIES = ["DE", "FR", "AT", "US", "CH", "JP", "DE"]
seed = 42


def random(limit):
    global seed
    seed = seed * 16807 % 2147483647
    return seed % limit


def random_order(number):
    return {
        "id": number,
        "country": COUNTRIES[random(len(COUNTRIES))],
        "tier": "silver" if random(3) == 0 else "basic",
        "points": random(1400),
        "quantity": random(80) + 1,
        "price": random(300) + 10,
        "discount": random(8),
        "status": "new",
        "total": 0,
        "tags": [],
    }


def run(n):
    global seed
    seed = 42
    engine = build_engine()
    totals = {}
    checksum = 0
    for number in range(n):
        order = random_order(number)
        steps = engine.process(order)
        group = f"{order['status']}/{order['tier']}"
        totals[group] = totals.get(group, 0) + order["total"]
        checksum = (checksum * 31 + order["total"] * 10 + steps + len(order["tags"])) % 1000000007
        checksum = (checksum * 31 + order["points"] + len(order.get("coupon", ""))) % 1000000007
    for name, count in engine.fired.items():
        checksum = (checksum + len(name) * count) % 1000000007
    for group in sorted(totals):
        checksum = (checksum * 31 + totals[group] + len(group)) % 1000000007
    return checksum
