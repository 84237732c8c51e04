using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Symbols;

/// <summary>The resolver's data about a name that a declaration gives to a type.</summary>
internal sealed class TypeAlias(TypeDeclaration declaration)
{
    public TypeDeclaration Declaration { get; } = declaration;

    /// <summary>The type; null before its first use.</summary>
    public SlotType? Type { get; set; }

    /// <summary>
    /// While the type is read: the lists, maps, sets and procs around the place where that began. Below more of them, the name may stand in
    /// its own type. −1 at other times.
    /// </summary>
    public int Depth { get; set; } = -1;

    /// <summary>While the type is read: the tuples around the place where that began.</summary>
    public int Tuples { get; set; }
}
