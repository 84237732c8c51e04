using System.Collections.Generic;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>The tables of a prototype that its instructions index.</summary>
internal sealed class PrototypeTables(ProcLimits limits)
{
    /// <summary>
    /// The number of cache sites from which on instructions that name the same member share a site, so that 16-bit indexes suffice.
    /// </summary>
    private const int SitesBeforeSharing = 60_000;

    private readonly List<Prototype> _children = [];
    private readonly List<string> _sites = [];
    private readonly Dictionary<string, int> _sharedSites = [];
    private readonly List<SlotType> _slotTypes = [];
    private readonly Dictionary<SlotType, int> _slotTypeIndexes = new(ReferenceEqualityComparer.Instance);
    private readonly List<CallDescriptor> _descriptors = [];
    private readonly Dictionary<string, int> _descriptorIndexes = [];
    private readonly List<StructInfo> _structs = [];

    public ConstantTable Constants { get; } = new();

    public IReadOnlyList<Prototype> Children => _children;

    public IReadOnlyList<string> Sites => _sites;

    public IReadOnlyList<SlotType> SlotTypes => _slotTypes;

    public IReadOnlyList<CallDescriptor> Descriptors => _descriptors;

    public IReadOnlyList<StructInfo> Structs => _structs;

    /// <summary>Adds the prototype of a proc declared in this one and returns its index.</summary>
    public int AddChild(Prototype prototype)
    {
        _children.Add(prototype);
        return _children.Count - 1;
    }

    /// <summary>Adds a struct and returns its index.</summary>
    public int AddStruct(StructInfo info)
    {
        _structs.Add(info);
        return _structs.Count - 1;
    }

    /// <summary>A cache site for a member.</summary>
    public int Site(string name)
    {
        if (_sites.Count >= SitesBeforeSharing && _sharedSites.TryGetValue(name, out int shared))
        {
            return shared;
        }

        _sites.Add(name);
        _sharedSites[name] = _sites.Count - 1;
        return limits.Fit(_sites.Count - 1, "member names");
    }

    public int TypeIndex(SlotType type)
    {
        if (_slotTypeIndexes.TryGetValue(type, out int index))
        {
            return index;
        }

        index = _slotTypes.Count;
        _slotTypes.Add(type);
        _slotTypeIndexes.Add(type, index);
        return index;
    }

    /// <summary>The index of the descriptor of a call with spread or named arguments.</summary>
    public int DescriptorIndex(bool hasSpread, string[] names)
    {
        string key = (hasSpread ? "..." : "") + string.Join(',', names);
        if (_descriptorIndexes.TryGetValue(key, out int index))
        {
            return index;
        }

        _descriptors.Add(new CallDescriptor(hasSpread, names));
        _descriptorIndexes.Add(key, _descriptors.Count - 1);
        return limits.Fit(_descriptors.Count - 1, "kinds of calls");
    }

    /// <summary>The index of a constant, checked to fit into a 16-bit operand.</summary>
    public int ConstantOperand(string text) => limits.Fit(Constants.IndexOf(text), "constants");
}
