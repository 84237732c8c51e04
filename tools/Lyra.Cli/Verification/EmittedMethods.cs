using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Jit.Tiering;

namespace Lyra.Cli.Verification;

/// <summary>Keeps the IL of every method that is emitted for an engine, so that `lyra verify` and tests can write an assembly.</summary>
internal sealed class EmittedMethods : ICompileListener
{
    private readonly List<(string Name, IlBuffer Code)> _all = [];
    private readonly HashSet<string> _names = [];

    /// <summary>The methods in the order in which they were emitted, with unique names.</summary>
    public IReadOnlyList<(string Name, IlBuffer Code)> All => _all;

    /// <summary>The number of methods that are regions. The others are bridges and entry stubs.</summary>
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
    /// <param name="output">The stream to write to.</param>
    /// <param name="name">The assembly's name.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void WriteTo(Stream output, string name) => IlReplay.Save(output, name, _all);
}
