# Evaluates n generated programs with a tokenizer and a recursive descent parser that computes while it parses
import math
from collections import namedtuple

Token = namedtuple("Token", "kind text")


class CalculatorError(Exception):
    pass


def is_digit(c):
    return "0" <= c <= "9"


def is_letter(c):
    return "a" <= c <= "z" or c == "_"


def tokenize(source):
    tokens = []
    i = 0
    while i < len(source):
        c = source[i]
        start = i
        if c == " ":
            i += 1
        elif is_digit(c):
            while i < len(source) and (is_digit(source[i]) or source[i] == "."):
                i += 1
            tokens.append(Token("number", source[start:i]))
        elif is_letter(c):
            while i < len(source) and (is_letter(source[i]) or is_digit(source[i])):
                i += 1
            tokens.append(Token("name", source[start:i]))
        elif c in "+-*/(),=":
            i += 1
            tokens.append(Token(c, c))
        else:
            raise CalculatorError(f"unexpected character '{c}'")
    tokens.append(Token("end", ""))
    return tokens


def divide(a, b):
    if b == 0:
        raise CalculatorError("division by zero")
    return a / b


FUNCTIONS = {
    "abs": lambda args: abs(args[0]),
    "sqrt": lambda args: math.sqrt(args[0]),
    "floor": lambda args: float(math.floor(args[0])),
    "max": lambda args: max(args),
    "min": lambda args: min(args),
    "sum": lambda args: add_up(args),
    "avg": lambda args: add_up(args) / len(args),
}


# Not sum(), which compensates rounding errors since Python 3.12.
def add_up(values):
    total = 0.0
    for value in values:
        total += value
    return total


class Parser:
    def __init__(self, tokens, variables):
        self.tokens = tokens
        self.variables = variables
        self.position = 0

    def peek(self):
        return self.tokens[self.position].kind

    def advance(self):
        self.position += 1
        return self.tokens[self.position - 1]

    def accept(self, kind):
        found = self.peek() == kind
        if found:
            self.position += 1
        return found

    def expect(self, kind):
        if not self.accept(kind):
            raise CalculatorError(f"expected {kind} but found {self.peek()}")

    # statement = [name "="] expression
    def statement(self):
        target = None
        if self.peek() == "name" and self.tokens[self.position + 1].kind == "=":
            target = self.advance().text
            self.expect("=")
        value = self.expression()
        self.expect("end")
        if abs(value) > 1e9:
            raise CalculatorError("overflow")
        if target is not None:
            self.variables[target] = value
        return value

    # expression = term {("+" | "-") term}
    def expression(self):
        value = self.term()
        while True:
            if self.accept("+"):
                value += self.term()
            elif self.accept("-"):
                value -= self.term()
            else:
                return value

    # term = factor {("*" | "/") factor}
    def term(self):
        value = self.factor()
        while True:
            if self.accept("*"):
                value *= self.factor()
            elif self.accept("/"):
                value = divide(value, self.factor())
            else:
                return value

    # factor = "-" factor | number | name | name "(" arguments ")" | "(" expression ")"
    def factor(self):
        token = self.advance()
        if token.kind == "number":
            return float(token.text)
        if token.kind == "-":
            return -self.factor()
        if token.kind == "(":
            value = self.expression()
            self.expect(")")
            return value
        if token.kind == "name":
            if self.accept("("):
                return self.call(token.text)
            if token.text in self.variables:
                return self.variables[token.text]
            raise CalculatorError(f"unknown variable {token.text}")
        raise CalculatorError(f"unexpected {token.kind}")

    def call(self, name):
        if name not in FUNCTIONS:
            raise CalculatorError(f"unknown function {name}")
        args = [self.expression()]
        while self.accept(","):
            args.append(self.expression())
        self.expect(")")
        return FUNCTIONS[name](args)


NAMES = ["x", "y", "total", "rate_1", "count"]
seed = 42


def random(limit):
    global seed
    seed = seed * 16807 % 2147483647
    return seed % limit


def number():
    return f"{random(30)}.{random(100)}" if random(3) == 0 else str(random(20))


def generate(depth):
    if depth == 0 or random(8) == 0:
        return number() if random(3) == 0 else NAMES[random(len(NAMES))]
    a = generate(depth - 1)
    which = random(12)
    if which <= 2:
        return f"{a} + {generate(depth - 1)}"
    if which <= 4:
        return f"{a} - ({generate(depth - 1)})"
    if which <= 6:
        return f"{number()} * ({a})"
    if which == 7:
        return f"({a}) / ({generate(depth - 1)})"
    if which == 8:
        return f"-({a}) * 0.5"
    if which == 9:
        return f"max({a}, {generate(depth - 1)}, {number()})"
    if which == 10:
        return f"sqrt(abs({a}))"
    return f"{['avg', 'min', 'sum'][random(3)]}({a}, floor({generate(depth - 1)}))"


# Four assignments and an expression.
def generate_program():
    return [f"{name} = {generate(3)}" for name in NAMES[1:]] + [generate(4)]


def evaluate(lines, x):
    variables = {"x": x, "y": 1.0, "total": 100.0, "rate_1": 0.25, "count": 3.0}
    result = 0.0
    for line in lines:
        result = Parser(tokenize(line), variables).statement()
    return result


def run(n):
    global seed
    seed = 42
    total = 0
    for _ in range(n):
        program = generate_program()
        for x in range(1, 4):
            try:
                result = evaluate(program, float(x))
                sign = 7 if result < 0 else 3
                total = (total * 31 + math.floor(abs(result) * 1000 + 0.5) + sign) % 1000000007
            except CalculatorError as e:
                total = (total * 31 + len(str(e))) % 1000000007
    return total
