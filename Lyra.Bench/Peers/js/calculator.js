// Evaluates n generated programs with a tokenizer and a recursive descent parser that computes while it parses
class CalculatorError extends Error {}

const isDigit = (c) => c >= "0" && c <= "9";
const isLetter = (c) => (c >= "a" && c <= "z") || c === "_";

function tokenize(source) {
  const tokens = [];
  let i = 0;
  while (i < source.length) {
    const c = source[i];
    const start = i;
    if (c === " ") {
      i++;
    } else if (isDigit(c)) {
      while (i < source.length && (isDigit(source[i]) || source[i] === ".")) i++;
      tokens.push({ kind: "number", text: source.slice(start, i) });
    } else if (isLetter(c)) {
      while (i < source.length && (isLetter(source[i]) || isDigit(source[i]))) i++;
      tokens.push({ kind: "name", text: source.slice(start, i) });
    } else if ("+-*/(),=".includes(c)) {
      i++;
      tokens.push({ kind: c, text: c });
    } else {
      throw new CalculatorError(`unexpected character '${c}'`);
    }
  }
  tokens.push({ kind: "end", text: "" });
  return tokens;
}

function divide(a, b) {
  if (b === 0) throw new CalculatorError("division by zero");
  return a / b;
}

const add = (a, b) => a + b;

const functions = {
  abs: (args) => Math.abs(args[0]),
  sqrt: (args) => Math.sqrt(args[0]),
  floor: (args) => Math.floor(args[0]),
  max: (args) => Math.max(...args),
  min: (args) => Math.min(...args),
  sum: (args) => args.reduce(add),
  avg: (args) => args.reduce(add) / args.length,
};

class Parser {
  constructor(tokens, variables) {
    this.tokens = tokens;
    this.variables = variables;
    this.position = 0;
  }

  peek() { return this.tokens[this.position].kind; }

  advance() { return this.tokens[this.position++]; }

  accept(kind) {
    const found = this.peek() === kind;
    if (found) this.position++;
    return found;
  }

  expect(kind) {
    if (!this.accept(kind)) throw new CalculatorError(`expected ${kind} but found ${this.peek()}`);
  }

  // statement = [name "="] expression
  statement() {
    let target = null;
    if (this.peek() === "name" && this.tokens[this.position + 1].kind === "=") {
      target = this.advance().text;
      this.expect("=");
    }
    const value = this.expression();
    this.expect("end");
    if (Math.abs(value) > 1e9) throw new CalculatorError("overflow");
    if (target !== null) this.variables[target] = value;
    return value;
  }

  // expression = term {("+" | "-") term}
  expression() {
    let value = this.term();
    while (true) {
      if (this.accept("+")) value += this.term();
      else if (this.accept("-")) value -= this.term();
      else return value;
    }
  }

  // term = factor {("*" | "/") factor}
  term() {
    let value = this.factor();
    while (true) {
      if (this.accept("*")) value *= this.factor();
      else if (this.accept("/")) value = divide(value, this.factor());
      else return value;
    }
  }

  // factor = "-" factor | number | name | name "(" arguments ")" | "(" expression ")"
  factor() {
    const token = this.advance();
    switch (token.kind) {
      case "number":
        return parseFloat(token.text);
      case "-":
        return -this.factor();
      case "(": {
        const value = this.expression();
        this.expect(")");
        return value;
      }
      case "name":
        if (this.accept("(")) return this.call(token.text);
        if (token.text in this.variables) return this.variables[token.text];
        throw new CalculatorError(`unknown variable ${token.text}`);
      default:
        throw new CalculatorError(`unexpected ${token.kind}`);
    }
  }

  call(name) {
    const f = functions[name];
    if (!f) throw new CalculatorError(`unknown function ${name}`);
    const args = [this.expression()];
    while (this.accept(",")) args.push(this.expression());
    this.expect(")");
    return f(args);
  }
}

const names = ["x", "y", "total", "rate_1", "count"];
let seed = 42;

function random(limit) {
  seed = seed * 16807 % 2147483647;
  return seed % limit;
}

function number() {
  return random(3) === 0 ? `${random(30)}.${random(100)}` : String(random(20));
}

function generate(depth) {
  if (depth === 0 || random(8) === 0) {
    return random(3) === 0 ? number() : names[random(names.length)];
  }
  const a = generate(depth - 1);
  switch (random(12)) {
    case 0: case 1: case 2: return `${a} + ${generate(depth - 1)}`;
    case 3: case 4: return `${a} - (${generate(depth - 1)})`;
    case 5: case 6: return `${number()} * (${a})`;
    case 7: return `(${a}) / (${generate(depth - 1)})`;
    case 8: return `-(${a}) * 0.5`;
    case 9: return `max(${a}, ${generate(depth - 1)}, ${number()})`;
    case 10: return `sqrt(abs(${a}))`;
    default: return `${["avg", "min", "sum"][random(3)]}(${a}, floor(${generate(depth - 1)}))`;
  }
}

// Four assignments and an expression.
function generateProgram() {
  return [...names.slice(1).map((name) => `${name} = ${generate(3)}`), generate(4)];
}

function evaluate(lines, x) {
  const variables = { x, y: 1, total: 100, rate_1: 0.25, count: 3 };
  let result = 0;
  for (const line of lines) {
    result = new Parser(tokenize(line), variables).statement();
  }
  return result;
}

function run(n) {
  seed = 42;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const program = generateProgram();
    for (let x = 1; x < 4; x++) {
      try {
        const result = evaluate(program, x);
        const sign = result < 0 ? 7 : 3;
        sum = (sum * 31 + Math.floor(Math.abs(result) * 1000 + 0.5) + sign) % 1000000007;
      } catch (e) {
        if (!(e instanceof CalculatorError)) throw e;
        sum = (sum * 31 + e.message.length) % 1000000007;
      }
    }
  }
  return sum;
}
