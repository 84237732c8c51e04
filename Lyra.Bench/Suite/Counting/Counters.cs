using System.Globalization;

namespace Lyra.Bench.Suite.Counting;

/// <summary>The names of counters.</summary>
internal static class Counters
{
    /// <summary>Instructions in the bytecode of the program.</summary>
    public const string Bytecode = "bytecode";

    /// <summary>Instructions in the code of the stack baseline.</summary>
    public const string StackCode = "stack code";

    public const string Registers = "registers";

    /// <summary>Registers that an instruction reads or writes.</summary>
    public const string UsedRegisters = "registers used";

    public const string Steps = "steps";
    public const string Calls = "calls";
    public const string BackEdges = "back-edges";
    public const string Lookups = "cache lookups";
    public const string Hits = "cache hits";
    public const string Traces = "traces compiled";
    public const string SideTraces = "side traces";
    public const string Aborts = "aborts";
    public const string CallOuts = "call-outs";
    public const string CodeBytes = "bytes of IL";
    public const string InlinedProcs = "inlined procs";

    /// <summary>The executed instructions at a level of the bytecode optimizer.</summary>
    public static string Instructions(int level) => string.Create(CultureInfo.InvariantCulture, $"instructions at -O{level}");
}
