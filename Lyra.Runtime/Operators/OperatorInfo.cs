using Lyra.Runtime.Bytecode;

namespace Lyra.Runtime.Operators;

/// <summary>
/// A row of the table of operators. The other forms of its instruction are columns of the table of opcodes, and its routines are in
/// Semantics. The generator of accessors compiles this file, too.
/// </summary>
internal readonly struct OperatorInfo
{
    /// <summary>The number of binary operators.</summary>
    public const int BinaryCount = (int)BinaryOperator.IsNot + 1;

    private OperatorInfo(
        string text, Precedence precedence, Opcode opcode, string? method = null, bool negates = false, bool swaps = false,
        string? symbol = null)
    {
        Text = text;
        Precedence = precedence;
        Opcode = opcode;
        Method = method;
        Negates = negates;
        Swaps = swaps;
        Symbol = symbol ?? (method is null || negates || swaps ? null : text);
    }

    /// <summary>The operator as scripts write it.</summary>
    public string Text { get; }

    public Precedence Precedence { get; }

    /// <summary>The instruction on registers; Nop for logical operators, which are jumps.</summary>
    public Opcode Opcode { get; }

    /// <summary>The method of a C# type that is this operator; null if there is none.</summary>
    public string? Method { get; }

    /// <summary>
    /// The name under which a type of the host defines the operator; null if none can. What negates or swaps another operator follows it.
    /// </summary>
    public string? Symbol { get; }

    /// <summary>Whether the result is the negation of what the instruction's plain form computes.</summary>
    public bool Negates { get; }

    /// <summary>Whether the instruction takes the right operand first.</summary>
    public bool Swaps { get; }

    /// <summary>Whether it computes a new value from two numbers; otherwise the result is a bool.</summary>
    public bool IsArithmetic => Precedence is not (Precedence.Comparison or Precedence.Membership);

    /// <summary>Whether it is a shift or a bitwise operator.</summary>
    public bool IsBitwise => Precedence is Precedence.Shift or Precedence.BitAnd or Precedence.BitXor or Precedence.BitOr;

    /// <summary>Whether it is <c>==</c>, <c>!=</c> or an ordering.</summary>
    public bool IsComparison => Precedence == Precedence.Comparison;

    /// <summary>The row of a binary operator.</summary>
    public static OperatorInfo Of(BinaryOperator @operator) => @operator switch
    {
        BinaryOperator.Add => new("+", Precedence.Additive, Opcode.Add, "op_Addition"),
        BinaryOperator.Subtract => new("-", Precedence.Additive, Opcode.Sub, "op_Subtraction"),
        BinaryOperator.Multiply => new("*", Precedence.Multiplicative, Opcode.Mul, "op_Multiply"),
        BinaryOperator.Divide => new("/", Precedence.Multiplicative, Opcode.Div, "op_Division"),
        BinaryOperator.Modulo => new("%", Precedence.Multiplicative, Opcode.Mod, "op_Modulus"),
        BinaryOperator.Power => new("**", Precedence.Power, Opcode.Pow, symbol: "**"),
        BinaryOperator.BitAnd => new("&", Precedence.BitAnd, Opcode.BitAnd, "op_BitwiseAnd"),
        BinaryOperator.BitOr => new("|", Precedence.BitOr, Opcode.BitOr, "op_BitwiseOr"),
        BinaryOperator.BitXor => new("^", Precedence.BitXor, Opcode.BitXor, "op_ExclusiveOr"),
        BinaryOperator.ShiftLeft => new("<<", Precedence.Shift, Opcode.Shl, "op_LeftShift"),
        BinaryOperator.ShiftRight => new(">>", Precedence.Shift, Opcode.Shr, "op_RightShift"),
        BinaryOperator.Equal => new("==", Precedence.Comparison, Opcode.Eq, "op_Equality"),
        BinaryOperator.NotEqual => new("!=", Precedence.Comparison, Opcode.Ne, "op_Inequality", negates: true),
        BinaryOperator.Less => new("<", Precedence.Comparison, Opcode.Lt, "op_LessThan"),
        BinaryOperator.LessEqual => new("<=", Precedence.Comparison, Opcode.Le, "op_LessThanOrEqual"),
        BinaryOperator.Greater => new(">", Precedence.Comparison, Opcode.Lt, "op_GreaterThan", swaps: true),
        BinaryOperator.GreaterEqual => new(">=", Precedence.Comparison, Opcode.Le, "op_GreaterThanOrEqual", swaps: true),
        BinaryOperator.In => new("in", Precedence.Membership, Opcode.In),
        BinaryOperator.NotIn => new("not in", Precedence.Membership, Opcode.In, negates: true),
        BinaryOperator.Is => new("is", Precedence.Membership, Opcode.Is),
        BinaryOperator.IsNot => new("is not", Precedence.Membership, Opcode.Is, negates: true),
    };

    /// <summary>The row of a unary operator.</summary>
    public static OperatorInfo Of(UnaryOperator @operator) => @operator switch
    {
        UnaryOperator.Negate => new("-", Precedence.Unary, Opcode.Neg, "op_UnaryNegation", symbol: "neg"),
        UnaryOperator.Not => new("!", Precedence.Unary, Opcode.Not),
        UnaryOperator.Complement => new("~", Precedence.Unary, Opcode.BitNot),
    };

    /// <summary>The row of a logical operator.</summary>
    public static OperatorInfo Of(LogicalOperator @operator) => @operator switch
    {
        LogicalOperator.And => new("and", Precedence.And, Opcode.Nop),
        LogicalOperator.Or => new("or", Precedence.Or, Opcode.Nop),
        LogicalOperator.Coalesce => new("??", Precedence.Coalesce, Opcode.Nop),
    };

    /// <summary>The operator that a method of C# defines; null when scripts have none.</summary>
    public static OperatorInfo? OfMethod(string method)
    {
        for (BinaryOperator binary = 0; (int)binary < BinaryCount; binary++)
        {
            if (Of(binary) is var row && row.Method == method)
            {
                return row;
            }
        }

        return Of(UnaryOperator.Negate) is var negation && negation.Method == method ? negation : null;
    }
}
