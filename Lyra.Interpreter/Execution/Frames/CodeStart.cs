using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// The start of the code that the loop executes, to convert between positions and references to instructions. It is that of the array that
/// the frame was entered with: a single step that ends in a call replaces the array of the prototype, but not the one that runs.
/// </summary>
/// <param name="linked">The prototype.</param>
internal readonly ref struct CodeStart(LinkedPrototype linked)
{
    private readonly ref Instruction _first = ref MemoryMarshal.GetArrayDataReference(linked.Code);

    /// <summary>
    /// The place before an instruction; for the first one, that is the length of the array, which is never read as an instruction.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Instruction Before(int position) => ref Unsafe.Add(ref _first, (nint)position - 1);

    /// <summary>The position of the next instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int PositionAfter(ref Instruction instruction) =>
        (int)((nuint)Unsafe.ByteOffset(ref _first, ref instruction) / Instruction.Bytes) + 1;
}
