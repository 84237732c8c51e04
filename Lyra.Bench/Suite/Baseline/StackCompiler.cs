using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Compilation.Resolution;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Bench.Suite.Baseline;

/// <summary>Compiles a source to stack code. The parser and the resolver are those of Lyra.</summary>
internal sealed class StackCompiler
{
    private readonly ModuleNode _node;
    private readonly Dictionary<Symbol, int> _locals = new(ReferenceEqualityComparer.Instance);

    private StackCompiler(StackMachine machine, ModuleNode node, ResolvedModule resolved)
    {
        Machine = machine;
        _node = node;
        Module = resolved;
        Instance = new ModuleInstance(node.Source.FileName, new CompiledModule
        {
            Source = new ScriptSource(node.Source.FileName, node.Source.Text),
            Main = Prototype.WithoutTables(new ScriptSource(node.Source.FileName, node.Source.Text), "<module>", 0, 0, []),
            Variables = [.. resolved.Variables],
            Externals = [],
            Aliases = [],
            Enums = [],
            Builtins = [],
        });
    }

    public StackMachine Machine { get; }

    public ResolvedModule Module { get; }

    /// <summary>Holds the variables of the module.</summary>
    public ModuleInstance Instance { get; }

    /// <summary>Compiles a source.</summary>
    /// <exception cref="UnsupportedConstructException">It uses something that the stack machine does not have.</exception>
    /// <exception cref="FormatException">It has errors.</exception>
    public static StackModule Compile(StackMachine machine, SourceText source, IBuiltinNames names)
    {
        DiagnosticBag diagnostics = new(source);
        ModuleNode node = Parser.Parse(source, diagnostics);
        ThrowIfFailed(diagnostics);
        ResolvedModule resolved = ScopeResolver.Resolve(
            node, new CompilerOptions { Builtins = names, KnownExternals = static _ => false }, diagnostics);
        ThrowIfFailed(diagnostics);
        return new StackCompiler(machine, node, resolved).CompileModule();
    }

    /// <summary>Where a variable is in its proc.</summary>
    public int LocalOf(Symbol symbol) => _locals[symbol];

    public void NoteLocal(Symbol symbol, int local) => _locals[symbol] = local;

    /// <summary>The line of a node.</summary>
    public int LineOf(Node node) => _node.Source.GetLine(node.Span.Start);

    /// <summary>The annotation as the semantics read it.</summary>
    public BoundType Bind(SlotType type) => new(type, Instance);

    public UnsupportedConstructException Unsupported(string construct, Node node) => new(construct, LineOf(node));

    /// <summary>Compiles a proc of any form.</summary>
    public StackProc CompileProc(ProcNode proc) => new ProcCompiler(this, Module.Procs[proc]).CompileProc(proc);

    private static void ThrowIfFailed(DiagnosticBag diagnostics)
    {
        if (diagnostics.HasErrors)
        {
            throw new FormatException(string.Join(Environment.NewLine, diagnostics.ToImmutable().Select(d => d.ToString())));
        }
    }

    private StackModule CompileModule()
    {
        List<StackStruct> structs = [.. Module.Structs.Select(Declare)];
        foreach ((StackStruct type, StructLayout layout) in structs.Zip(Module.Structs))
        {
            CompileMembers(type, layout);
        }

        foreach (ProcDeclaration declaration in _node.Statements.OfType<ProcDeclaration>())
        {
            Instance.Slots[Module.Symbols[declaration].Slot] = Value.FromObject(new StackClosure(CompileProc(declaration.Proc), []));
        }

        StackProc main = new ProcCompiler(this, Module.Main).CompileModule(_node.Statements);
        return new StackModule(new StackClosure(main, []), Instance);
    }

    /// <summary>Makes a struct, so that all other code may refer to it.</summary>
    private StackStruct Declare(StructLayout layout)
    {
        StructDeclaration declaration = layout.Declaration;
        if (declaration.Methods.FirstOrDefault(method => method.Name!.StartsWith("__", StringComparison.Ordinal)) is { } hook)
        {
            throw Unsupported($"the hook {hook.Name}", hook);
        }

        if (!declaration.Uses.IsEmpty)
        {
            throw Unsupported("use", declaration.Uses[0]);
        }

        StackStruct type = Machine.AddStruct(id => new Shape(DescribeFields(layout, out LinkedPrototype owner), owner, id));
        Instance.Slots[layout.Symbol.Slot] = Value.FromObject(type.Shape);
        return type;
    }

    /// <summary>The description from which Lyra makes the layout. Its procs are empty: the machine has its own.</summary>
    private StructInfo DescribeFields(StructLayout layout, out LinkedPrototype owner)
    {
        List<SlotType> types = [];
        List<FieldInfo> fields = [];
        foreach ((FieldDeclaration field, Symbol symbol) in layout.Declaration.Fields.Zip(layout.FieldSymbols))
        {
            fields.Add(new FieldInfo(field.Name, symbol.Type is null ? -1 : types.Count, field.DefaultValue is not null));
            if (symbol.Type is not null)
            {
                types.Add(symbol.Type);
            }
        }

        owner = new LinkedPrototype(Describe(layout.Declaration.Name, [.. types], [Describe("constructor", [], [])]), Instance);
        return new StructInfo(layout.Declaration.Name, [.. fields], [], 0);
    }

    private Prototype Describe(string name, SlotType[] types, Prototype[] children) => new()
    {
        Name = name,
        Kind = ProcKind.Constructor,
        Source = Instance.Compiled!.Source,
        Code = [],
        Positions = [],
        Constants = [],
        Children = children,
        Parameters = [],
        Captures = [],
        RegisterCount = 0,
        Loops = [],
        Handlers = [],
        Sites = [],
        SlotTypes = types,
        CallDescriptors = [],
        SwitchTables = [],
        Structs = [],
        EntryCost = 0,
    };

    private void CompileMembers(StackStruct type, StructLayout layout)
    {
        type.Constructor = new StackClosure(new ProcCompiler(this, layout.Constructor).CompileConstructor(type, layout), []);
        foreach (ProcNode method in layout.Declaration.Methods)
        {
            bool hasSelf = method.Parameters.Length > 0 && method.Parameters[0].Name == "self";
            (hasSelf ? type.Methods : type.Statics)[method.Name!] = new StackClosure(CompileProc(method), []);
        }
    }
}
