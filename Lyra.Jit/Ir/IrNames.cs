using System.Collections.Generic;
using System.Text;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Ir;

/// <summary>
/// The names under which the text form of the IR refers to objects: procs, shapes, modules, constants. An object's name comes from the
/// object and is made unique by a number (<c>Point</c>, <c>Point#2</c>), in the order of first use.
/// </summary>
internal sealed class IrNames
{
    private readonly Dictionary<object, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, object> _objects = [];

    public IrNames()
    {
    }

    /// <summary>Names given beforehand.</summary>
    public IrNames(IReadOnlyDictionary<string, object> objects)
    {
        foreach ((string name, object value) in objects)
        {
            _objects.Add(name, value);
            _names.TryAdd(value, name);
        }
    }

    /// <summary>The objects by name, for the parser.</summary>
    public IReadOnlyDictionary<string, object> Objects => _objects;

    /// <summary>The name of an object; the same at each call.</summary>
    public string NameOf(object value)
    {
        if (_names.TryGetValue(value, out string? known))
        {
            return known;
        }

        string stem = Clean(StemOf(value));
        string name = stem;
        for (int number = 2; !_objects.TryAdd(name, value); number++)
        {
            name = $"{stem}#{number}";
        }

        _names.Add(value, name);
        return name;
    }

    /// <summary>Whether a character may be part of a name: all but blanks and the marks of the text form.</summary>
    public static bool IsNameCharacter(char c) => c > ' ' && !"(){}:,;=\"@".Contains(c);

    private static string StemOf(object value) => value switch
    {
        LinkedPrototype code => code.Prototype.Name,
        Shape shape => shape.Name,
        ModuleInstance module => module.Name,
        ScriptObject script => script.TypeName,
        HostCall host => host.Proc.Intrinsic.Name,
        HostClasses host => host.ToString(),
        _ => value.GetType().Name,
    };

    private static string Clean(string name)
    {
        StringBuilder clean = new(name.Length);
        foreach (char c in name)
        {
            clean.Append(IsNameCharacter(c) ? c : '_');
        }

        return clean.Length == 0 ? "_" : clean.ToString();
    }
}
