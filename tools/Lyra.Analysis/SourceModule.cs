using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Compilation.Resolution;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Analysis;

/// <summary>A source file whose names are resolved: its declarations, and what can be inferred of them.</summary>
internal sealed class SourceModule : IModuleMembers
{
    private readonly Dictionary<StructLayout, StructInfo> _structs = [];
    private readonly Dictionary<EnumLayout, EnumInfo> _enums = [];
    private readonly Lazy<Dictionary<string, Symbol>> _exports;
    private Walker? _walker;

    public SourceModule(Project project, SourceText source, ModuleNode tree, ResolvedModule resolved)
    {
        Project = project;
        Source = source;
        Tree = tree;
        Resolved = resolved;
        Reports = new ReportBag(source);
        _exports = new(() => ModuleExports.Of(tree, resolved));
    }

    public Project Project { get; }

    public SourceText Source { get; }

    public ModuleNode Tree { get; }

    public ResolvedModule Resolved { get; }

    public ReportBag Reports { get; }

    /// <summary>What its imports bind.</summary>
    public ModuleImports Imports => field ??= new ModuleImports(this);

    /// <summary>Reads its annotations.</summary>
    public TypeReader Types => field ??= new TypeReader(this);

    /// <summary>How the module uses its names.</summary>
    public Usages Usages => field ??= Usages.Of(this);

    /// <summary>What <c>import</c> binds without <c>as</c>.</summary>
    public string Name => new ModulePath(default, Source.FileName, isQuoted: true).LastPart;

    public IEnumerable<string> Names => _exports.Value.Keys;

    /// <summary>Whether the file exports something.</summary>
    public bool HasExports => _exports.Value.Count > 0;

    /// <summary>The type of what the module exports under a name; null if it exports none.</summary>
    public KnownType? Find(string name) => !_exports.Value.TryGetValue(name, out Symbol? symbol) ? null
        : symbol.IsReassigned ? KnownType.Any
        : DeepStack.Run(Tree.Depth, () => Walked.TypeOf(symbol));

    /// <summary>The symbol that the module exports under a name; null if there is none.</summary>
    public Symbol? FindExport(string name) => _exports.Value.GetValueOrDefault(name);

    public StructInfo InfoOf(StructLayout layout)
    {
        if (!_structs.TryGetValue(layout, out StructInfo? info))
        {
            _structs.Add(layout, info = new StructInfo(layout, this));
        }

        return info;
    }

    public EnumInfo InfoOf(EnumLayout layout)
    {
        if (!_enums.TryGetValue(layout, out EnumInfo? info))
        {
            _enums.Add(layout, info = new EnumInfo(layout, this));
        }

        return info;
    }

    /// <summary>For each struct that others use, it and these.</summary>
    private Dictionary<StructLayout, List<StructInfo>> Users => field ??= FindUsers();

    /// <summary>The structs whose instances a value of a struct's type may be.</summary>
    public IReadOnlyCollection<StructInfo> KindsOf(TypeAtom type)
    {
        StructInfo info = type.Struct!;
        return type.IsExact || !info.Layout.HasUsers
            ? [info]
            : Users.GetValueOrDefault(info.Layout, [info]);
    }

    /// <summary>The type of the result of a proc.</summary>
    public KnownType ResultOf(ProcNode proc) => Walked.ResultOf(proc);

    /// <summary>Infers all types and collects the reports.</summary>
    public void Analyze() => DeepStack.Run(Tree.Depth, () =>
    {
        Walked.FinishProcs();
        return true;
    });

    /// <summary>The walker, once it has walked the top level.</summary>
    private Walker Walked
    {
        get
        {
            if (_walker is null)
            {
                _walker = new Walker(this);
                _walker.WalkTopLevel();
            }

            return _walker;
        }
    }

    private Dictionary<StructLayout, List<StructInfo>> FindUsers()
    {
        Dictionary<StructLayout, List<StructInfo>> users = [];
        foreach (StructLayout layout in Resolved.Structs)
        {
            foreach (StructLayout used in layout.Used)
            {
                if (!users.TryGetValue(used, out List<StructInfo>? kinds))
                {
                    users.Add(used, kinds = [InfoOf(used)]);
                }

                kinds.Add(InfoOf(layout));
            }
        }

        return users;
    }
}
