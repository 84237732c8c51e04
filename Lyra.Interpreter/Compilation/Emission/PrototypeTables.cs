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
    private readonly List<SlotType> _slotTypes = [];
    private readonly List<CallDescriptor> _descriptors = [];
    private readonly List<StructInfo> _structs = [];

    /// <summary>The last site of each member; null until sites are shared.</summary>
    private Dictionary<string, int>? _sharedSites;
    private Dictionary<SlotType, int>? _slotTypeIndexes;
    private Dictionary<string, int>? _descriptorIndexes;

    public ConstantTable Constants { get; } = new();

    public IReadOnlyList<Prototype> Children => _children;

    public IReadOnlyList<string> Sites => _sites;

    public IReadOnlyList<SlotType> SlotTypes => _slotTypes;

    public IReadOnlyList<CallDescriptor> Descriptors => _descriptors;

    public IReadOnlyList<StructInfo> Structs => _structs;

    /// <summary>The number of rows for which there is storage.</summary>
    public int Capacity => _children.Capacity + _slotTypes.Capacity + _structs.Capacity;

    /// <summary>Removes all content; the storage of the lists remains.</summary>
    public void Clear()
    {
        Constants.Clear();
        _children.Clear();
        _sites.Clear();
        _slotTypes.Clear();
        _descriptors.Clear();
        _structs.Clear();
        _sharedSites = null;
        _slotTypeIndexes = null;
        _descriptorIndexes = null;
    }

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
        if (_sites.Count >= SitesBeforeSharing)
        {
            _sharedSites ??= LastSites();
            if (_sharedSites.TryGetValue(name, out int shared))
            {
                return shared;
            }

            _sharedSites.Add(name, _sites.Count);
        }

        _sites.Add(name);
        return limits.Fit(_sites.Count - 1, "member names");
    }

    public int TypeIndex(SlotType type)
    {
        _slotTypeIndexes ??= new(ReferenceEqualityComparer.Instance);
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
        _descriptorIndexes ??= [];
        if (_descriptorIndexes.TryGetValue(key, out int index))
        {
            return index;
        }

        _descriptors.Add(new CallDescriptor(hasSpread, names));
        _descriptorIndexes.Add(key, _descriptors.Count - 1);
        return limits.Fit(_descriptors.Count - 1, "kinds of calls");
    }

    private Dictionary<string, int> LastSites()
    {
        Dictionary<string, int> last = [];
        for (int site = 0; site < _sites.Count; site++)
        {
            last[_sites[site]] = site;
        }

        return last;
    }

    /// <summary>The index of a constant, checked to fit into a 16-bit operand.</summary>
    public int ConstantOperand(string text) => limits.Fit(Constants.IndexOf(text), "constants");
}
