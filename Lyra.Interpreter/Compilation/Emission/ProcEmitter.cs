using System;
using System.Collections.Immutable;
using Lyra.Interpreter.Compilation.Passes;
using Lyra.Interpreter.Compilation.Resolution;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Kinds;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Emits the prototype of one proc, of a struct's constructor or of a module's top level.</summary>
/// <remarks>
/// <para>
/// The proc's state is in four objects: its code, its registers, the tables that the code indexes, and the limits of both. Each area of the
/// language has its own class, which writes to them. <c>Emit…</c> methods emit code; <c>Eval…</c> methods emit code that computes a value
/// into a register.
/// </para>
/// <para>
/// A value evaluated to the top register may use that register as scratch: operands may be computed in it and call windows begin at it, so
/// that <c>var x = f(a + b)</c> needs no moves. An assignment to an existing variable therefore evaluates to a new register and moves the
/// value; usually, the last instruction can write to the variable directly instead (<see cref="CodeBuffer.TryRetarget"/>). An operand that
/// is a local variable is used in place, unless code between its evaluation and its use may assign the variable.
/// </para>
/// </remarks>
internal sealed class ProcEmitter
{
    /// <summary>The most emitters in the pool, about 4 KB each after small procs.</summary>
    private const int MaxPooled = 16;

    /// <summary>An emitter with storage for more rows is dropped.</summary>
    private const int MaxPooledRows = 1_000;

    private static readonly ObjectPool<ProcEmitter> Pool = new(MaxPooled);

    private ProcEmitter()
    {
        Limits = new ProcLimits(this);
        Registers = new RegisterStack(Limits);
        Tables = new PrototypeTables(Limits);

        Statements = new StatementEmitter(this);
        Declarations = new DeclarationEmitter(this);
        Assignments = new AssignmentEmitter(this);
        Loops = new LoopEmitter(this);
        Tries = new TryEmitter(this);
        Exits = new ExitEmitter(this);
        Closures = new ClosureEmitter(this);
        Expressions = new ExpressionEmitter(this);
        Operators = new OperatorEmitter(this);
        Conditions = new ConditionEmitter(this);
        Branches = new BranchEmitter(this);
        Accesses = new AccessEmitter(this);
        Containers = new ContainerEmitter(this);
        Comprehensions = new ComprehensionEmitter(this);
        Calls = new CallEmitter(this);
        DeclaredCalls = new DeclaredCallEmitter(this);
        Matches = new MatchEmitter(this);
        Switches = new SwitchEmitter(this);
        Dispatches = new DispatchEmitter(this);
        Patterns = new PatternEmitter(this);
        Variables = new VariableEmitter(this);
        Slots = new SlotEmitter(this);
    }

    public ModuleEmitter Owner { get; private set; } = null!;

    public ProcContext Context { get; private set; } = null!;

    public ConstantEvaluator Evaluator => Owner.Evaluator;

    public ProcLimits Limits { get; }

    public CodeBuffer Code { get; } = new();

    public RegisterStack Registers { get; }

    public PrototypeTables Tables { get; }

    public StatementEmitter Statements { get; }

    public DeclarationEmitter Declarations { get; }

    public AssignmentEmitter Assignments { get; }

    public LoopEmitter Loops { get; }

    public TryEmitter Tries { get; }

    public ExitEmitter Exits { get; }

    public ClosureEmitter Closures { get; }

    public ExpressionEmitter Expressions { get; }

    public OperatorEmitter Operators { get; }

    public ConditionEmitter Conditions { get; }

    public BranchEmitter Branches { get; }

    public AccessEmitter Accesses { get; }

    public ContainerEmitter Containers { get; }

    public ComprehensionEmitter Comprehensions { get; }

    public CallEmitter Calls { get; }

    public DeclaredCallEmitter DeclaredCalls { get; }

    public MatchEmitter Matches { get; }

    public SwitchEmitter Switches { get; }

    public DispatchEmitter Dispatches { get; }

    public PatternEmitter Patterns { get; }

    public VariableEmitter Variables { get; }

    public SlotEmitter Slots { get; }

    /// <summary>
    /// The type against which a returned value is checked. The annotation of a generator describes the iterator that a call returns, and
    /// the annotation <c>task</c> of an async proc describes its task; the values that these procs return are unchecked.
    /// </summary>
    public SlotType? ResultSlot => Context.Kind switch
    {
        ProcKind.Generator => null,
        ProcKind.Async when Context.ResultType is { Kind: SlotKind.Task } => null,
        ProcKind.Normal or ProcKind.Async or ProcKind.Module or ProcKind.Constructor => Context.ResultType,
    };

    /// <summary>An emitter for a proc, from the pool. Procs that are nested in each other need one each.</summary>
    public static ProcEmitter Rent(ModuleEmitter owner, ProcContext context)
    {
        owner.Meter.Count(CompilationCosts.Proc);
        ProcEmitter emitter = Pool.Take() ?? new ProcEmitter();
        emitter.Owner = owner;
        emitter.Context = context;
        emitter.Code.Begin(owner);
        return emitter;
    }

    /// <summary>Clears the emitter and returns it to the pool.</summary>
    private void Return()
    {
        if (Code.Capacity + Tables.Capacity > MaxPooledRows)
        {
            return;
        }

        Owner = null!;
        Context = null!;
        Limits.Clear();
        Code.Clear();
        Registers.Clear();
        Tables.Clear();
        Pool.Keep(this);
    }

    public Prototype EmitModule()
    {
        ImmutableArray<Statement> statements = Owner.Node.Statements;
        foreach (StructLayout layout in Owner.Module.Structs)
        {
            Closures.DefineStruct(layout);
        }

        foreach (Statement statement in statements)
        {
            if (statement is ProcDeclaration proc)
            {
                Closures.DefineModuleProc(proc);
            }
        }

        Closures.AdoptEarlier();
        bool hasValue = statements.Length > 0 && statements[^1] is ExpressionStatement;
        for (int i = 0; i < statements.Length - (hasValue ? 1 : 0); i++)
        {
            Statements.EmitStatement(statements[i]);
        }

        Code.At(new SourceSpan(Owner.Text.Length, 0));
        if (hasValue)
        {
            Operand value = Expressions.Eval(((ExpressionStatement)statements[^1]).Expression);
            Code.Emit(Opcode.Return, value.Register);
        }
        else
        {
            Code.Emit(Opcode.ReturnNil);
        }

        return Finish([]);
    }

    public Prototype EmitProc()
    {
        ProcNode node = Context.Node!;
        ParameterInfo[] parameters = new ParameterInfo[node.Parameters.Length];
        Registers.ReserveParameters(parameters.Length);
        for (int i = 0; i < parameters.Length; i++)
        {
            Parameter parameter = node.Parameters[i];
            parameters[i] = new ParameterInfo(parameter.Name, parameter.DefaultValue is not null, parameter.IsRest);
            EmitParameter(Owner.Module.Symbols[parameter], i, parameter.DefaultValue, parameter.NameSpan, parameter.IsRest);
        }

        for (int i = 0; i < parameters.Length; i++)
        {
            if (node.Parameters[i].Target is { } target)
            {
                Declarations.BindDeclared(target, i);
            }
        }

        Statements.EmitValueBlock(node.Body, RegisterStack.None, null);
        EmitEnd(node);
        return Finish(parameters);
    }

    public Prototype EmitConstructor(StructLayout layout)
    {
        ImmutableArray<FieldDeclaration> fields = layout.Fields;
        ParameterInfo[] parameters = new ParameterInfo[fields.Length];
        Registers.ReserveParameters(fields.Length);
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = new ParameterInfo(fields[i].Name, fields[i].DefaultValue is not null, false);
        }

        if (layout.Adopted.Count == 0)
        {
            for (int i = 0; i < parameters.Length; i++)
            {
                EmitParameter(layout.FieldSymbols[i], i, layout.DefaultOf(i), fields[i].NameSpan, isRest: false);
            }
        }
        else
        {
            new AdoptedFields(this, layout).Emit(EmitField);
        }

        Code.At(layout.Declaration.NameSpan);
        foreach (Symbol field in layout.FieldSymbols)
        {
            if (!field.NeedsUpvalue)
            {
                continue;
            }

            // The closure that shares it stores checked values alone, which the verifier of module files does not know.
            Code.Emit(Opcode.LoadUpvalue, field.Register, field.Register);
            if (field.Type is not null)
            {
                Code.EmitWide(Opcode.CheckSlot, field.Register, Tables.TypeIndex(field.Type));
            }
        }

        int instance = Registers.Reserve();
        Code.Emit(Opcode.MakeStruct, instance, Limits.Fit(layout.Symbol.Slot, "module variables"), fields.Length);
        Code.Emit(Opcode.Return, instance);
        return Finish(parameters);
    }

    /// <summary>Emits the default of a field of a struct of this module, and the check of its annotation.</summary>
    private void EmitField(StructLayout layout, int i) =>
        EmitParameter(layout.FieldSymbols[i], i, layout.DefaultOf(i), layout.Fields[i].NameSpan, isRest: false);

    /// <summary>Emits a parameter's default and the check of its annotation, and boxes it in an upvalue if closures share it.</summary>
    private void EmitParameter(Symbol symbol, int register, Expression? defaultValue, SourceSpan span, bool isRest)
    {
        if (defaultValue is not null)
        {
            Label isSet = Code.NewLabel();
            Conditions.EmitJumpAt(span, Opcode.JumpIfSet, isSet, register);
            StaticType type = Expressions.EvalTo(defaultValue, register, symbol.Type);
            Slots.ReportMismatch(type, symbol.Type, defaultValue.Span);
            Code.Bind(isSet);
        }

        Code.At(span);
        if (isRest && symbol.Type is { HasElementTypes: true })
        {
            Slots.SetElementType(register, symbol.Type, span);
        }
        else if (symbol.Type is not null)
        {
            Code.EmitWide(Opcode.CheckSlot, register, Tables.TypeIndex(symbol.Type));
        }

        Variables.BindRegister(symbol, register);
    }

    /// <summary>
    /// Returns nil at the end of the body. Checks the nil against the result type, unless the end is never reached or nil certainly fits.
    /// </summary>
    private void EmitEnd(ProcNode node)
    {
        Code.At(new SourceSpan(Math.Max(node.Body.Span.End - 1, 0), 0));
        SlotType? type = ResultSlot;
        Completion completion = type is null ? Completion.Sometimes : Owner.Flow.Of(node.Body.Statements);
        if (type is null || completion == Completion.Never || StoreRules.Judge(StaticType.Nil, type) == StoreVerdict.Proven)
        {
            Code.Emit(Opcode.ReturnNil);
            return;
        }

        if (completion == Completion.Always)
        {
            Owner.Diagnostics.Report(CompilerDiagnostics.MissingResult, node.NameSpan, Context.Name, type.Display());
        }

        int register = Registers.Reserve();
        Code.Emit(Opcode.LoadNil, register);
        Code.EmitWide(Opcode.CheckSlot, register, Tables.TypeIndex(type));
        Code.Emit(Opcode.Return, register);
    }

    private Prototype Finish(ParameterInfo[] parameters)
    {
        ProcCode code = Code.Finish(parameters.Length, Registers.Count, Tables.Children);
        OwnedLists.Run(code, Tables.Sites, Owner.Meter);
        BytecodePassList.Run(code, Owner.OptimizationLevel, Owner.Meter);
        Owner.Meter.Expect(code.Code.Count * CompilationCosts.NanosecondsPerInstruction);
        Instruction[] instructions = CodeEncoder.Encode(code);
        Prototype result = new()
        {
            Name = Context.Name,
            Kind = Context.Kind,
            Source = Owner.Source,
            Code = instructions,
            Positions = [.. code.Positions],
            Constants = Tables.Constants.ToArray(),
            Children = [.. Tables.Children],
            Parameters = parameters,
            Captures = DescribeCaptures(),
            RegisterCount = code.RegisterCount,
            Loops = code.Loops.ToArray(),
            Handlers = code.Handlers.ToArray(),
            Sites = [.. Tables.Sites],
            SlotTypes = [.. Tables.SlotTypes],
            CallDescriptors = [.. Tables.Descriptors],
            SwitchTables = code.Switches.Count == 0 ? [] : code.Switches.ToArray(),
            Structs = [.. Tables.Structs],
            EntryCost = code.EntryCost,
        };
        Return();
        return result;
    }

    private CaptureInfo[] DescribeCaptures()
    {
        CaptureInfo[] captures = new CaptureInfo[Context.Captures.Count];
        Owner.Meter.Count(captures.Length * (long)CompilationCosts.Capture);
        for (int i = 0; i < captures.Length; i++)
        {
            Symbol symbol = Context.Captures[i];
            bool isOfParent = symbol.Owner == Context.Parent;
            captures[i] = new CaptureInfo(symbol.Name, isOfParent, isOfParent ? symbol.Register : Context.Parent!.CaptureIndex(symbol));
        }

        return captures;
    }
}
