using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Runtime.Memory;

namespace Lyra.Jit.Emission;

/// <summary>The lists of an <see cref="IlBuffer"/>, which the next compilation uses again.</summary>
internal sealed class IlStorage : IReusable
{
    public GrowableArray<IlInstruction> Instructions { get; } = new();

    public GrowableArray<IlLocalDeclaration> Locals { get; } = new();

    public GrowableArray<IlMark> Marks { get; } = new();

    /// <summary>Whether each label has its place.</summary>
    public List<bool> Labels { get; } = [];

    public int Capacity => Instructions.Capacity;

    public void Reset()
    {
        Instructions.Clear();
        Locals.Clear();
        Marks.Clear();
        Labels.Clear();
    }
}
