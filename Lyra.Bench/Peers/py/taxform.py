# a tax form: fields that depend on other fields, deductions and brackets, for n generated households, with a line for each
from dataclasses import dataclass
from math import floor, inf

BRACKETS = {
    "single": [(11000, 0.1), (44725, 0.12), (95375, 0.22), (182100, 0.24), (231250, 0.32), (inf, 0.35)],
    "joint": [(22000, 0.1), (89450, 0.12), (190750, 0.22), (364200, 0.24), (462500, 0.32), (inf, 0.35)],
    "head": [(15700, 0.1), (59850, 0.12), (95350, 0.22), (182100, 0.24), (231250, 0.32), (inf, 0.35)],
}
STANDARD_DEDUCTIONS = {"single": 13850, "joint": 27700, "head": 20800}


@dataclass
class Household:
    name: str
    status: str
    ages: list[int]
    wages: list[int]
    interest: int
    dividends: int
    sales: int
    expenses: int
    student_loan: int
    medical: int
    local_taxes: int
    mortgage: int
    gifts: int
    withheld: int


def rounded(amount):
    return floor(amount + 0.5)


def bracket_tax(income, status):
    tax = 0.0
    lower = 0
    for upper, rate in BRACKETS[status]:
        if income <= lower:
            break
        tax += (min(income, upper) - lower) * rate
        lower = upper
    return rounded(tax)


def child_credit(form):
    children = sum(age < 17 for age in form.household.ages)
    limit = 400000 if form.household.status == "joint" else 200000
    excess = max(0, form["adjusted"] - limit)
    return max(0, 2000 * children - 50 * ((excess + 999) // 1000))


def earned_credit(form):
    """A part of the earned income up to a limit, less a part of the income above another."""
    if form["interest"] > 11000:
        return 0
    earned = min(form["wages"] + form["business"], 16000) * 0.21
    reduction = max(0, form["adjusted"] - 23000) * 0.16
    return max(0, rounded(earned - reduction))


# A field is a function that computes it from the household and from other fields.
FIELDS = {
    "wages": lambda form: sum(form.household.wages),
    "interest": lambda form: form.household.interest + form.household.dividends,
    "business": lambda form: max(0, form.household.sales - form.household.expenses),
    "business_tax": lambda form: rounded(form["business"] * 0.9235 * 0.153),
    "income": lambda form: form["wages"] + form["interest"] + form["business"],
    "adjustments": lambda form: min(2500, form.household.student_loan) + form["business_tax"] // 2,
    "adjusted": lambda form: max(0, form["income"] - form["adjustments"]),
    "medical": lambda form: max(0, form.household.medical - rounded(form["adjusted"] * 0.075)),
    "gifts": lambda form: min(form.household.gifts, rounded(form["adjusted"] * 0.6)),
    "itemized": lambda form: (
        form["medical"] + min(10000, form.household.local_taxes) + form.household.mortgage + form["gifts"]),
    "standard": lambda form: (
        STANDARD_DEDUCTIONS[form.household.status] + 1500 * sum(age >= 65 for age in form.household.ages)),
    "deduction": lambda form: max(form["itemized"], form["standard"]),
    "taxable": lambda form: max(0, form["adjusted"] - form["deduction"]),
    "tax": lambda form: bracket_tax(form["taxable"], form.household.status),
    "child_credit": child_credit,
    "earned_credit": earned_credit,
    "surtax": lambda form: rounded(max(0, min(form["interest"], form["adjusted"] - 200000)) * 0.038),
    "total": lambda form: max(0, form["tax"] - form["child_credit"]) + form["business_tax"] + form["surtax"],
    "refund": lambda form: form.household.withheld + form["earned_credit"] - form["total"],
}


class Form:
    def __init__(self, household):
        self.household = household
        self.values = {}

    def __getitem__(self, name):
        if name not in self.values:
            self.values[name] = FIELDS[name](self)
        return self.values[name]

    def summary(self):
        household = self.household
        kind = "itemized" if self["itemized"] > self["standard"] else "standard"
        refund = self["refund"]
        last = f"to pay {-refund:9,}" if refund < 0 else f"refund {refund:9,}"
        return (
            f"{household.name:16} {household.status:6} {len(household.ages)} persons, {kind}, "
            f"income {self['income']:9,}, taxable {self['taxable']:9,}, tax {self['total']:8,}, {last}"
        )


FIRST_NAMES = ["Ada", "Ben", "Cora", "Dov", "Elsa", "Finn", "Greta", "Hugo", "Iris", "Jon"]
LAST_NAMES = ["Abbot", "Brandt", "Castle", "Dumas", "Ericson", "Fuchs", "Grant", "Holm"]


def make_household(random):
    def maybe(percent, limit):
        return random(limit) if random(100) < percent else 0

    status = ["single", "joint", "head"][random(3)]
    adults = 2 if status == "joint" else 1
    name = FIRST_NAMES[random(10)] + " " + LAST_NAMES[random(8)]
    ages = [20 + random(60) for _ in range(adults)]
    ages += [random(22) for _ in range(random(4))]
    wages = [random(40) * random(4000) for _ in range(adults)]
    return Household(
        name, status, ages, wages, interest=maybe(60, 4000), dividends=maybe(20, 40000),
        sales=maybe(25, 150000), expenses=maybe(25, 60000), student_loan=maybe(20, 4000), medical=maybe(40, 20000),
        local_taxes=random(14000), mortgage=maybe(40, 24000), gifts=maybe(50, 9000),
        withheld=sum(wages) * random(25) // 100,
    )


def run(n):
    seed = 42

    def random(limit):
        nonlocal seed
        seed = seed * 16807 % 2147483647
        return seed % limit

    totals = {}
    checksum = 0
    for _ in range(n):
        form = Form(make_household(random))
        for c in form.summary():
            checksum = (checksum * 31 + ord(c)) % 1000000007
        status = form.household.status
        count, income, tax = totals.get(status, (0, 0, 0))
        totals[status] = (count + 1, income + form["income"], tax + form["total"])
    for status in sorted(totals):
        count, income, tax = totals[status]
        checksum = (checksum * 31 + count * 1000 + tax * 100 // max(1, income) + tax) % 1000000007
    return checksum
