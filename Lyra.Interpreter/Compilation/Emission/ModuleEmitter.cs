using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Compilation.Resolution;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>The state that the emitters of a module's procs share.</summary>
internal sealed class ModuleEmitter(ModuleNode node, ResolvedModule module, CompilerOptions options, DiagnosticBag diagnostics)
{
    private Dictionary<Symbol, Signature>? _signatures;
    private Dictionary<string, int>? _builtins;

    /// <summary>The structs of the module by their variables.</summary>
    private readonly StructLayout?[] _structs = module.Structs.Count == 0 ? [] : new StructLayout?[module.Variables.Count];

    /// <summary>The children of the top level that are methods of several structs.</summary>
    public Dictionary<ProcNode, int> SharedMethods => field ??= new(ReferenceEqualityComparer.Instance);

    /// <summary>The structs that use one of another module, by the variables of the imports that they need.</summary>
    public Dictionary<int, HashSet<StructLayout>> Adopters => field ??= FindAdopters();

    /// <summary>The variables of the imports that have been emitted, where structs use those of other modules.</summary>
    public HashSet<int> ImportedSlots => field ??= [];

    public ModuleNode Node { get; } = node;

    public ResolvedModule Module { get; } = module;

    public DiagnosticBag Diagnostics { get; } = diagnostics;

    public SourceText Text => Node.Source;

    public ScriptSource Source { get; } = new(node.Source.FileName, node.Source.Text);

    public int OptimizationLevel { get; } = options.OptimizationLevel;

    /// <summary>The names of the library.</summary>
    public IBuiltinNames Names { get; } = options.Builtins;

    public WorkMeter Meter { get; } = options.Meter;

    public FlowAnalysis Flow { get; } = new(options.Meter);

    public ConstantEvaluator Evaluator { get; } = new(module);

    public CompiledModule Emit()
    {
        foreach (StructLayout layout in Module.Structs)
        {
            _structs[layout.Symbol.Slot] = layout;
        }

        Prototype main = ProcEmitter.Rent(this, Module.Main).EmitModule();
        return new CompiledModule
        {
            Source = Source,
            Main = main,
            Variables = Module.Variables.ToArray(),
            Externals = Module.Externals.ToArray(),
            Aliases = DescribeAliases(),
            Enums = DescribeEnums(),
            Builtins = [.. Module.Builtins],
        };
    }

    private Dictionary<int, HashSet<StructLayout>> FindAdopters()
    {
        Dictionary<int, HashSet<StructLayout>> adopters = [];
        foreach (StructLayout layout in Module.Structs)
        {
            foreach (AdoptedStruct adopted in layout.Adopted)
            {
                if (!adopters.TryGetValue(adopted.Slot, out HashSet<StructLayout>? layouts))
                {
                    adopters.Add(adopted.Slot, layouts = []);
                }

                layouts.Add(layout);
            }
        }

        return adopters;
    }

    private AliasInfo[] DescribeAliases()
    {
        AliasInfo[] aliases = Module.Aliases.Count == 0 ? [] : new AliasInfo[Module.Aliases.Count];
        for (int i = 0; i < aliases.Length; i++)
        {
            aliases[i] = new AliasInfo(Module.Aliases[i].Slot, Module.Aliases[i].Alias!.Type!);
        }

        return aliases;
    }

    private EnumInfo[] DescribeEnums()
    {
        EnumInfo[] enums = Module.Enums.Count == 0 ? [] : new EnumInfo[Module.Enums.Count];
        for (int i = 0; i < enums.Length; i++)
        {
            EnumLayout layout = Module.Enums[i];
            CaseInfo[] cases = new CaseInfo[layout.Cases.Count];
            for (int n = 0; n < cases.Length; n++)
            {
                Symbol member = layout.Cases[n];
                cases[n] = new CaseInfo(member.Name, member.Struct is null ? member.Slot : -1);
            }

            enums[i] = new EnumInfo(layout.Symbol.Slot, cases);
        }

        return enums;
    }

    /// <summary>The index of a builtin that emitted code itself calls.</summary>
    public int BuiltinIndex(string name)
    {
        _builtins ??= IndexBuiltins();
        if (_builtins.TryGetValue(name, out int index))
        {
            return index;
        }

        index = Module.Builtins.Count;
        Module.Builtins.Add(name);
        _builtins.Add(name, index);
        return index;
    }

    private Dictionary<string, int> IndexBuiltins()
    {
        Dictionary<string, int> indexes = [];
        for (int i = 0; i < Module.Builtins.Count; i++)
        {
            indexes.Add(Module.Builtins[i], i);
        }

        return indexes;
    }

    /// <summary>
    /// The type of a field of a value of known type. It comes from the field's annotation in a struct of this module, which every store
    /// checks.
    /// </summary>
    public StaticType FieldType(StaticType owner, string name) =>
        owner.Kind == SlotKind.Struct ? StaticType.Of(FieldSlot(owner.StructSlot, name)) : StaticType.Unknown;

    /// <summary>The annotation of a field of one of this module's structs; null if there is none.</summary>
    public SlotType? FieldSlot(int structSlot, string name)
    {
        StructLayout? layout = StructOf(structSlot);
        int index = layout?.FieldIndex(name) ?? -1;
        return index < 0 ? null : layout!.FieldSymbols[index].Type;
    }

    /// <summary>Whether a module variable holds a struct that this module declares.</summary>
    public bool IsStruct(int slot) => StructOf(slot) is not null;

    /// <summary>The struct of this module that a module variable holds; null for others.</summary>
    public StructLayout? StructOf(int slot) => (uint)slot < (uint)_structs.Length ? _structs[slot] : null;

    public Signature SignatureOf(Symbol symbol)
    {
        _signatures ??= new(ReferenceEqualityComparer.Instance);
        if (_signatures.TryGetValue(symbol, out Signature? signature))
        {
            return signature;
        }

        signature = symbol.Struct is not null ? Signature.Of(symbol.Struct) : Signature.Of(symbol.Proc!, Module);
        _signatures.Add(symbol, signature);
        return signature;
    }
}
