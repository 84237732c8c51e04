using System.Collections.Generic;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.Programs;

/// <summary>Generates expressions over the declarations that are in scope.</summary>
/// <param name="random">The source of all choices.</param>
internal abstract partial class ExpressionGenerator(FuzzRandom random)
{
    private const int MaxExpressionDepth = 3;

    private int _names;

    protected FuzzRandom Random { get; } = random;

    /// <summary>The variables in scope, the latest last.</summary>
    protected List<Variable> Variables { get; } = [];

    protected List<ProcModel> Procs { get; } = [];

    protected List<ProcModel> Generators { get; } = [];

    /// <summary>Async procs that take values from one channel and send others to another one.</summary>
    protected List<string> Workers { get; } = [];

    protected List<StructModel> Structs { get; } = [];

    /// <summary>The cases of the enums, each with the number of its fields.</summary>
    protected List<(string Enum, string Case, int Fields)> EnumValues { get; } = [];

    /// <summary>The variables that count the iterations of the enclosing loops, the innermost last.</summary>
    protected List<string> Counters { get; } = [];

    /// <summary>Whether the program imports <c>math</c>.</summary>
    protected bool HasMath { get; set; }

    /// <summary>Whether the program imports <c>bits</c>.</summary>
    protected bool HasBits { get; set; }

    /// <summary>On average, one of this many expressions has a value of a wrong kind.</summary>
    protected int ExpressionsPerMistake { get; set; }

    protected string NewName(string prefix) => $"{prefix}{_names++}";
}
