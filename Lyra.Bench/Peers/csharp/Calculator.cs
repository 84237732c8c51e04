// Evaluates n generated programs with a tokenizer and a recursive descent parser that computes while it parses
using System.Globalization;

static class Calculator
{
    enum Kind { Number, Name, Plus, Minus, Times, Divide, Open, Close, Comma, Assign, End }

    readonly record struct Token(Kind Kind, string Text);

    sealed class CalculatorException(string message) : Exception(message);

    static bool IsDigit(char c) => c >= '0' && c <= '9';
    static bool IsLetter(char c) => c >= 'a' && c <= 'z' || c == '_';

    static Kind Symbol(char c) => c switch
    {
        '+' => Kind.Plus,
        '-' => Kind.Minus,
        '*' => Kind.Times,
        '/' => Kind.Divide,
        '(' => Kind.Open,
        ')' => Kind.Close,
        ',' => Kind.Comma,
        '=' => Kind.Assign,
        _ => throw new CalculatorException($"unexpected character '{c}'"),
    };

    static List<Token> Tokenize(string source)
    {
        var tokens = new List<Token>();
        int i = 0;
        while (i < source.Length)
        {
            char c = source[i];
            int start = i;
            if (c == ' ')
            {
                i++;
            }
            else if (IsDigit(c))
            {
                while (i < source.Length && (IsDigit(source[i]) || source[i] == '.')) i++;
                tokens.Add(new Token(Kind.Number, source[start..i]));
            }
            else if (IsLetter(c))
            {
                while (i < source.Length && (IsLetter(source[i]) || IsDigit(source[i]))) i++;
                tokens.Add(new Token(Kind.Name, source[start..i]));
            }
            else
            {
                i++;
                tokens.Add(new Token(Symbol(c), c.ToString()));
            }
        }
        tokens.Add(new Token(Kind.End, ""));
        return tokens;
    }

    static double Divide(double a, double b)
    {
        if (b == 0.0) throw new CalculatorException("division by zero");
        return a / b;
    }

    static readonly Dictionary<string, Func<List<double>, double>> Functions = new()
    {
        ["abs"] = args => Math.Abs(args[0]),
        ["sqrt"] = args => Math.Sqrt(args[0]),
        ["floor"] = args => Math.Floor(args[0]),
        ["max"] = args => args.Max(),
        ["min"] = args => args.Min(),
        ["sum"] = args => args.Sum(),
        ["avg"] = args => args.Sum() / args.Count,
    };

    sealed class Parser(List<Token> tokens, Dictionary<string, double> variables)
    {
        int position;

        Kind Peek() => tokens[position].Kind;

        Token Advance() => tokens[position++];

        bool Accept(Kind kind)
        {
            bool found = Peek() == kind;
            if (found) position++;
            return found;
        }

        void Expect(Kind kind)
        {
            if (!Accept(kind)) throw new CalculatorException($"expected {kind} but found {Peek()}");
        }

        // statement = [name "="] expression
        public double Statement()
        {
            string? target = null;
            if (Peek() == Kind.Name && tokens[position + 1].Kind == Kind.Assign)
            {
                target = Advance().Text;
                Expect(Kind.Assign);
            }
            double value = Expression();
            Expect(Kind.End);
            if (Math.Abs(value) > 1e9) throw new CalculatorException("overflow");
            if (target != null) variables[target] = value;
            return value;
        }

        // expression = term {("+" | "-") term}
        double Expression()
        {
            double value = Term();
            while (true)
            {
                if (Accept(Kind.Plus)) value += Term();
                else if (Accept(Kind.Minus)) value -= Term();
                else return value;
            }
        }

        // term = factor {("*" | "/") factor}
        double Term()
        {
            double value = Factor();
            while (true)
            {
                if (Accept(Kind.Times)) value *= Factor();
                else if (Accept(Kind.Divide)) value = Divide(value, Factor());
                else return value;
            }
        }

        // factor = "-" factor | number | name | name "(" arguments ")" | "(" expression ")"
        double Factor()
        {
            var token = Advance();
            switch (token.Kind)
            {
                case Kind.Number:
                    return double.Parse(token.Text, CultureInfo.InvariantCulture);
                case Kind.Minus:
                    return -Factor();
                case Kind.Open:
                    double value = Expression();
                    Expect(Kind.Close);
                    return value;
                case Kind.Name:
                    if (Accept(Kind.Open)) return Call(token.Text);
                    if (variables.TryGetValue(token.Text, out double variable)) return variable;
                    throw new CalculatorException($"unknown variable {token.Text}");
                default:
                    throw new CalculatorException($"unexpected {token.Kind}");
            }
        }

        double Call(string name)
        {
            if (!Functions.TryGetValue(name, out var f)) throw new CalculatorException($"unknown function {name}");
            var args = new List<double> { Expression() };
            while (Accept(Kind.Comma)) args.Add(Expression());
            Expect(Kind.Close);
            return f(args);
        }
    }

    static readonly string[] Names = ["x", "y", "total", "rate_1", "count"];
    static readonly string[] Folds = ["avg", "min", "sum"];
    static long seed = 42;

    static int Random(int limit)
    {
        seed = seed * 16807 % 2147483647;
        return (int)(seed % limit);
    }

    static string Number() => Random(3) == 0 ? $"{Random(30)}.{Random(100)}" : Random(20).ToString();

    static string Generate(int depth)
    {
        if (depth == 0 || Random(8) == 0)
            return Random(3) == 0 ? Number() : Names[Random(Names.Length)];
        var a = Generate(depth - 1);
        return Random(12) switch
        {
            0 or 1 or 2 => $"{a} + {Generate(depth - 1)}",
            3 or 4 => $"{a} - ({Generate(depth - 1)})",
            5 or 6 => $"{Number()} * ({a})",
            7 => $"({a}) / ({Generate(depth - 1)})",
            8 => $"-({a}) * 0.5",
            9 => $"max({a}, {Generate(depth - 1)}, {Number()})",
            10 => $"sqrt(abs({a}))",
            _ => $"{Folds[Random(3)]}({a}, floor({Generate(depth - 1)}))",
        };
    }

    // Four assignments and an expression.
    static List<string> GenerateProgram()
    {
        var lines = Names.Skip(1).Select(name => $"{name} = {Generate(3)}").ToList();
        lines.Add(Generate(4));
        return lines;
    }

    static double Evaluate(List<string> lines, double x)
    {
        var variables = new Dictionary<string, double>
        {
            ["x"] = x, ["y"] = 1.0, ["total"] = 100.0, ["rate_1"] = 0.25, ["count"] = 3.0,
        };
        double result = 0.0;
        foreach (var line in lines)
            result = new Parser(Tokenize(line), variables).Statement();
        return result;
    }

    public static long Run(int n)
    {
        seed = 42;
        long sum = 0;
        for (int i = 0; i < n; i++)
        {
            var program = GenerateProgram();
            for (int x = 1; x < 4; x++)
            {
                try
                {
                    double result = Evaluate(program, x);
                    int sign = result < 0.0 ? 7 : 3;
                    sum = (sum * 31 + (long)Math.Floor(Math.Abs(result) * 1000.0 + 0.5) + sign) % 1000000007;
                }
                catch (CalculatorException e)
                {
                    sum = (sum * 31 + e.Message.Length) % 1000000007;
                }
            }
        }
        return sum;
    }
}
