using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Analysis;

/// <summary>A declared struct, or the struct of a case of an enum, and the module that declares it.</summary>
internal sealed class StructInfo(StructLayout layout, SourceModule module)
{
    private bool? _isPartial;
    private Dictionary<string, ProcNode>? _methods;
    private Dictionary<string, ProcNode>? _statics;

    public string Name => Layout.Declaration.Name;

    public StructLayout Layout { get; } = layout;

    public SourceModule Module { get; } = module;

    /// <summary>Whether other files may use the struct, so that values of its type may have members that are not known here.</summary>
    public bool IsOpen => Layout.Declaration.IsPublic;

    /// <summary>Whether it uses a struct that is not known here, so that it has members that are not known either.</summary>
    public bool IsPartial => _isPartial ??= Layout.Used.Append(Layout).Any(static layout => layout.Declaration.Uses.Any(clause =>
        layout.Adopted.Count > 0 || clause.Type.Module is not null || layout.Used.All(used => used.Declaration.Name != clause.Type.Name)));

    /// <summary>The names that an instance has as members, without the builtins.</summary>
    public IEnumerable<string> MemberNames => Layout.Fields.Select(static part => part.Name).Concat(Methods.Keys);

    /// <summary>The methods by name, including those of used structs.</summary>
    public Dictionary<string, ProcNode> Methods => _methods ??= Index(isStatic: false);

    /// <summary>The procs without <c>self</c> by name.</summary>
    public Dictionary<string, ProcNode> Statics => _statics ??= Index(isStatic: true);

    /// <summary>Whether a proc is called on an instance.</summary>
    public static bool IsMethod(ProcNode proc) => proc.Parameters.Length > 0 && proc.Parameters[0].Name == "self";

    private Dictionary<string, ProcNode> Index(bool isStatic)
    {
        Dictionary<string, ProcNode> found = [];
        foreach (ProcNode proc in Layout.Methods)
        {
            // Those of structs of other modules are resolved there.
            if (IsMethod(proc) != isStatic && Module.Resolved.Procs.ContainsKey(proc))
            {
                found.TryAdd(proc.Name!, proc);
            }
        }

        return found;
    }
}
