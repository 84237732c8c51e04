# A spreadsheet with closures as formulas: n edits, each followed by recalculating what depends on the cell, in topological order
ROWS = 15


class Cell:
    def __init__(self, name):
        self.name = name
        self.value = 0
        self.formula = None
        self.inputs = []      # the cells that the formula reads
        self.dependents = []  # the cells whose formulas read this one


class Sheet:
    def __init__(self):
        self.cells = {}
        self.tracked = None   # the cell whose formula is being evaluated
        self.recalculated = 0

    def cell(self, name):
        if name not in self.cells:
            self.cells[name] = Cell(name)
        return self.cells[name]

    # What formulas call; notes who reads which cell.
    def get(self, name):
        cell = self.cell(name)
        reader = self.tracked
        if reader is not None and cell not in reader.inputs:
            reader.inputs.append(cell)
            cell.dependents.append(reader)
        return cell.value

    def set_value(self, name, value):
        cell = self.cell(name)
        self.unlink(cell)
        cell.formula = None
        cell.value = value
        self.update(cell)

    def set_formula(self, name, formula):
        cell = self.cell(name)
        self.unlink(cell)
        cell.formula = formula
        self.tracked = cell
        cell.value = formula()
        self.tracked = None
        self.update(cell)

    def unlink(self, cell):
        for source in cell.inputs:
            source.dependents.remove(cell)
        cell.inputs = []

    # Recalculates all cells that depend on the given one, directly or not.
    def update(self, changed):
        for cell in self.order(changed):
            if cell.formula is not None:
                cell.value = cell.formula()
                self.recalculated += 1

    # The cell and its dependents, each after all that it reads.
    def order(self, first):
        states = {}
        result = []

        def visit(cell):
            state = states.get(cell.name)
            if state == "done":
                return
            if state == "open":
                raise ValueError(f"{cell.name} depends on itself")
            states[cell.name] = "open"
            for dependent in cell.dependents:
                visit(dependent)
            states[cell.name] = "done"
            result.append(cell)

        visit(first)
        result.reverse()
        return result


def product(sheet, a, b):
    return lambda: sheet.get(a) * sheet.get(b)


def discounted(sheet, a, b, percent):
    def formula():
        amount = sheet.get(a) * sheet.get(b)
        return amount - amount * percent // 100 if amount > 20000 else amount
    return formula


def running(sheet, before, amount):
    return lambda: sheet.get(before) + sheet.get(amount)


def column(letter):
    return [f"{letter}{row}" for row in range(1, ROWS + 1)]


def total(sheet, names):
    return lambda: sum(sheet.get(name) for name in names)


def largest(sheet, names):
    return lambda: max(sheet.get(name) for name in names)


def count_above(sheet, names, limit):
    def formula():
        bound = sheet.get(limit)
        return len([name for name in names if sheet.get(name) > bound])
    return formula


seed = 42


def random(limit):
    global seed
    seed = seed * 16807 % 2147483647
    return seed % limit


# Per row: A quantity, B price, C amount, D running total, and some sums below.
def build():
    sheet = Sheet()
    sheet.set_value("D0", 0)
    for row in range(1, ROWS + 1):
        sheet.set_value(f"A{row}", random(100))
        sheet.set_value(f"B{row}", random(1000))
        sheet.set_formula(f"C{row}", product(sheet, f"A{row}", f"B{row}"))
        sheet.set_formula(f"D{row}", running(sheet, f"D{row - 1}", f"C{row}"))
    sheet.set_formula("quantity", total(sheet, column("A")))
    sheet.set_formula("amount", total(sheet, column("C")))
    sheet.set_formula("largest", largest(sheet, column("C")))
    sheet.set_formula("average", lambda: 0 if sheet.get("quantity") == 0 else sheet.get("amount") // sheet.get("quantity"))
    sheet.set_formula("limit", lambda: sheet.get("largest") // 2 + sheet.get("average"))
    sheet.set_formula("above", count_above(sheet, column("C"), "limit"))
    return sheet


def edit(sheet):
    row = random(ROWS) + 1
    which = random(8)
    if which == 0:
        sheet.set_formula(f"C{row}", product(sheet, f"A{row}", f"B{row}"))
    elif which == 1:
        sheet.set_formula(f"C{row}", discounted(sheet, f"A{row}", f"B{row}", random(30) + 1))
    elif which <= 4:
        sheet.set_value(f"A{row}", random(100))
    else:
        sheet.set_value(f"B{row}", random(1000))


def run(n):
    global seed
    seed = 42
    sheet = build()
    checksum = 0
    for _ in range(n):
        edit(sheet)
        middle = sheet.get(f"D{random(ROWS) + 1}")
        checksum = (checksum * 31 + middle + sheet.get("amount") * 3 + sheet.get("limit") + sheet.get("above")) % 1000000007
    return (checksum * 31 + sheet.recalculated) % 1000000007
