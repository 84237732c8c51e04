namespace Lyra.Runtime.Operators;

/// <summary>The operators on two values. Those that compute a value come first, in the order of their opcodes.</summary>
internal enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Power,
    BitAnd,
    BitOr,
    BitXor,
    ShiftLeft,
    ShiftRight,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    In,
    NotIn,
    Is,
    IsNot,
}

/// <summary>The operators on one value.</summary>
internal enum UnaryOperator
{
    Negate,
    Not,
    Complement,
}

/// <summary>The operators that evaluate their right operand only if the left one does not decide the result.</summary>
internal enum LogicalOperator
{
    And,
    Or,
    Coalesce,
}

/// <summary>Precedences in increasing order, as in the language's table.</summary>
internal enum Precedence
{
    None,
    Or,
    And,
    Not,
    Coalesce,
    Membership,
    Comparison,
    Range,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Additive,
    Multiplicative,
    Unary,
    Power,
    Postfix,
}
