using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;

namespace Lyra.Jit.Inspection;

/// <summary>Keeps the IL of every method that is emitted for an engine, to be written as an assembly: for `lyra verify` and for tests.</summary>
internal sealed class EmittedMethods : ICompileListener
{
    private readonly List<(string Name, IlBuffer Code)> _all = [];
    private readonly HashSet<string> _names = [];

    /// <summary>The methods in the order in which they were made, each with a name of its own.</summary>
    public IReadOnlyList<(string Name, IlBuffer Code)> All => _all;

    /// <summary>How many of the methods are regions; the others lead into compiled procs, or stand for procs that have no region yet.</summary>
    public int Regions { get; private set; }

    /// <inheritdoc/>
    public void OnGraph(RegionProfile profile, int version, string stage, IrGraph graph)
    {
    }

    /// <inheritdoc/>
    public void OnCode(RegionProfile profile, int version, EmittedRegion emitted)
    {
    }

    /// <inheritdoc/>
    public void OnMethod(string name, IlBuffer code)
    {
        string unique = name;
        for (int copy = 2; !_names.Add(unique); copy++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{name} #{copy}");
        }

        _all.Add((unique, code));
    }

    /// <inheritdoc/>
    public void OnRegion(Region region) => Regions++;

    /// <summary>Writes all methods as one assembly.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="name">The assembly's name.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void WriteTo(Stream output, string name) => IlReplay.Save(output, name, _all);
}
