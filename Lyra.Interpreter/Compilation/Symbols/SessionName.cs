using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Symbols;

/// <summary>A top-level name of an earlier input of a session, as later inputs see it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">What its last declaration made of it.</param>
/// <param name="Variables">The variables of the module that declared it. Structs in types are among them.</param>
internal sealed record SessionName(string Name, SymbolKind Kind, Value[] Variables)
{
    /// <summary>The index of a struct or an import in <see cref="Variables"/>; −1 for names that running code looks up.</summary>
    public int Slot { get; init; } = -1;

    /// <summary>The annotation of a variable. Its structs are indexes into <see cref="Variables"/>.</summary>
    public SlotType? Type { get; init; }

    /// <summary>The value of a const that code can hold as a constant; otherwise the unset marker.</summary>
    public Value Constant { get; init; } = Value.Unset;

    /// <summary>For an import of a library module: the name of the module.</summary>
    public string? LibraryModule { get; init; }

    /// <summary>For an import from a file: what it imports.</summary>
    public FileImport? FileImport { get; init; }

    /// <summary>For a struct: its members, as those of a struct of another module.</summary>
    public StructLayout? Struct { get; init; }
}
