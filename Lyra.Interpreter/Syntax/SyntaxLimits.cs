namespace Lyra.Interpreter.Syntax;

/// <summary>Limits that bound the compiler's native stack and its time for any input. A diagnostic reports each exceeded limit.</summary>
internal static class SyntaxLimits
{
    /// <summary>
    /// The maximum nesting depth. Brackets, blocks, prefix operators, right-associative operators, lambdas, the links of a postfix chain
    /// and the nested part of a binary run all count together, along one path of the tree. It allows well over a thousand levels of a
    /// construct that counts twice per level, such as a proc inside a call.
    /// </summary>
    /// <remarks>
    /// One level may be several nodes (operators of increasing precedence, statement and block), so a walk of the highest tree needs more
    /// stack than a host's thread may have: see <see cref="DeepStack"/> and <see cref="Ast.ModuleNode.Depth"/>.
    /// </remarks>
    public const int MaxNesting = 4_000;

    /// <summary>The maximum length of a run of left-associative operators of one precedence; a longer run becomes a flat chain.</summary>
    public const int MaxBinaryRun = 100;

    /// <summary>
    /// The maximum number of digits of a number literal, and of all literals of a source that are not short together, without prefixes and
    /// underscores.
    /// </summary>
    public const int MaxNumberDigits = 1_000_000;

    /// <summary>The maximum number of digits of a short literal.</summary>
    public const int ShortNumberDigits = 1_000;

    /// <summary>The maximum number of code units of a name. Each proc that captures a variable stores its name.</summary>
    public const int MaxNameLength = 1_000;
}
