namespace Lyra.Jit.Emission;

/// <summary>
/// The sizes beyond which the CLR's compiler silently optimizes less (<c>DEFAULT_MIN_OPTS_*</c> in dotnet/runtime,
/// src/coreclr/jit/compiler.h). A larger region would run slower than the interpreter.
/// </summary>
internal static class OptimizerCaps
{
    /// <summary>IL bytes beyond which nothing is optimized.</summary>
    public const int Bytes = 60_000;

    /// <summary>IL instructions beyond which nothing is optimized.</summary>
    public const int Instructions = 20_000;

    /// <summary>Basic blocks beyond which nothing is optimized.</summary>
    public const int Blocks = 2_000;

    /// <summary>Locals beyond which nothing is optimized.</summary>
    public const int Locals = 2_000;

    /// <summary>Instructions that name a local or an argument beyond which nothing is optimized.</summary>
    public const int LocalReferences = 8_000;

    /// <summary>Whether the method would not be optimized.</summary>
    /// <param name="buffer">The method.</param>
    /// <param name="what">The first exceeded cap, with both numbers; empty when there is none.</param>
    public static bool Exceeds(IlBuffer buffer, out string what)
    {
        what = Over(buffer.LocalReferenceCount, LocalReferences, "references to locals")
            ?? Over(buffer.ByteCount, Bytes, "bytes of IL")
            ?? Over(buffer.BlockCount, Blocks, "blocks")
            ?? Over(buffer.LocalCount + buffer.Signature.Parameters.Length, Locals, "locals")
            ?? Over(buffer.InstructionCount, Instructions, "IL instructions")
            ?? "";
        return what.Length > 0;
    }

    private static string? Over(int count, int cap, string unit) => count > cap ? $"{count} {unit}, more than {cap}" : null;
}
