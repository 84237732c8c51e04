namespace Lyra.Generators;

/// <summary>The operators of C# that scripts can use.</summary>
internal static class OperatorSymbols
{
    /// <summary>The symbol of a binary operator by the name of its method; null when scripts don't have it.</summary>
    public static string? Find(string method) => method switch
    {
        "op_Addition" => "+",
        "op_Subtraction" => "-",
        "op_Multiply" => "*",
        "op_Division" => "/",
        "op_Modulus" => "%",
        "op_BitwiseAnd" => "&",
        "op_BitwiseOr" => "|",
        "op_ExclusiveOr" => "^",
        "op_LeftShift" => "<<",
        "op_RightShift" => ">>",
        "op_Equality" => "==",
        "op_LessThan" => "<",
        "op_LessThanOrEqual" => "<=",
        _ => null,
    };

    /// <summary>Whether scripts compute it from another operator, which C# requires beside it.</summary>
    public static bool IsImplied(string method) => method is "op_Inequality" or "op_GreaterThan" or "op_GreaterThanOrEqual";
}
