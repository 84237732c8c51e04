using System;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Symbols;

/// <summary>The kinds of things that a name denotes.</summary>
internal enum SymbolKind
{
    Var,
    Let,
    Const,
    Proc,
    Struct,

    Enum,

    /// <summary>A case of an enum: a value or, with a <see cref="Symbol.Struct"/>, a proc that makes one.</summary>
    Case,

    /// <summary>A name for a type; no value.</summary>
    Alias,

    Import,
    Parameter,

    /// <summary>Bound by <c>for</c>, <c>catch</c> or a pattern; assignable.</summary>
    Binding,

    /// <summary>Always in scope, or a member of a library module: <c>print</c>, <c>math.sqrt</c>.</summary>
    Builtin,

    /// <summary>A global of the engine.</summary>
    External,

    /// <summary>Replaces a name that was reported as an error.</summary>
    Error,
}

/// <summary>A declared name: its location and how the code uses it. The resolver fills it in; emission adds the register.</summary>
internal sealed class Symbol(string name, SymbolKind kind, ProcContext owner, SourceSpan span)
{
    /// <summary>What a symbol of its kind declares or imports; null for variables.</summary>
    private object? _declared;

    public string Name { get; } = name;

    public SymbolKind Kind { get; } = kind;

    /// <summary>The proc whose frame holds the variable; the module for module variables.</summary>
    public ProcContext Owner { get; } = owner;

    public SourceSpan Span { get; } = span;

    /// <summary>The index of the module variable, the builtin or the external name of a global; −1 for a variable in a register.</summary>
    public int Slot { get; set; } = -1;

    public bool IsModuleVariable => Slot >= 0 && Kind is not (SymbolKind.Builtin or SymbolKind.External) && !IsShared;

    /// <summary>
    /// Whether it is declared at the top level of an input of a session, as a global of the engine. Later inputs may declare its name
    /// again, with another kind or type, so the code knows neither its value nor its type.
    /// </summary>
    public bool IsShared { get; init; }

    /// <summary>Whether code accesses it as a global of the engine.</summary>
    public bool IsGlobal => IsShared || Kind == SymbolKind.External;

    /// <summary>Whether procs use it without capturing it, because this input or module declares it at its top level.</summary>
    public bool IsAtTopLevel => IsShared || IsModuleVariable;

    /// <summary>The annotation; null if there is none and for <c>any</c>.</summary>
    public SlotType? Type { get; set; }

    /// <summary>The value of a const that the code can hold as a constant; otherwise the unset marker.</summary>
    public Value Constant { get; set; } = Value.Unset;

    public bool HasConstant => !Constant.IsUnset;

    /// <summary>The initializer of its declaration; null if there is none, and for parameters and bindings.</summary>
    public Expression? Initializer { get; set; }

    public ProcNode? Proc
    {
        get => _declared as ProcNode;
        set => _declared = value;
    }

    /// <summary>For a struct and for a case with fields: the struct.</summary>
    public StructLayout? Struct
    {
        get => _declared as StructLayout;
        set => _declared = value;
    }

    /// <summary>For an enum, and for each of its cases: the enum.</summary>
    public EnumLayout? Enum
    {
        get => _declared as EnumLayout ?? Struct?.Enum;
        set => _declared = value;
    }

    /// <summary>For a name of a type: what it stands for.</summary>
    public TypeAlias? Alias
    {
        get => _declared as TypeAlias;
        set => _declared = value;
    }

    /// <summary>
    /// For an import of a library module, the name of the module; for one of its members, the qualified name, such as <c>math.sqrt</c>.
    /// </summary>
    public string? LibraryName
    {
        get => _declared as string ?? Earlier?.LibraryModule;
        set => _declared = value;
    }

    /// <summary>For a struct of an earlier input of a session: the struct, as one of another module.</summary>
    public StructLayout? EarlierStruct => (_declared as SessionName)?.Struct;

    /// <summary>For a name of an earlier input of a session that holds a struct or an import: the name.</summary>
    public SessionName? Earlier
    {
        get => _declared as SessionName;
        set => _declared = value;
    }

    /// <summary>For an import from a file: what it imports.</summary>
    public FileImport? FileImport
    {
        get => _declared as FileImport ?? Earlier?.FileImport;
        set => _declared = value;
    }

    /// <summary>Whether its calls are matched with its parameters at compile time.</summary>
    public bool HasSignature => _declared is ProcNode or StructLayout;

    /// <summary>For an import of a library module: the name of the module.</summary>
    public string? LibraryModule => IsLibraryMember ? null : LibraryName;

    /// <summary>For an import of a member of a library module: its qualified name.</summary>
    public string? LibraryMember => IsLibraryMember ? LibraryName : null;

    /// <summary>Whether it is an import of a member of a library module.</summary>
    private bool IsLibraryMember => LibraryName is not null && LibraryName.Contains('.', StringComparison.Ordinal);

    /// <summary>The scope that declares it; null for builtins and externals.</summary>
    public Scope? Scope { get; set; }

    /// <summary>The symbol that the scope received before this one.</summary>
    public Symbol? Previous { get; set; }

    /// <summary>Whether resolution has passed its declaration.</summary>
    public bool IsReached { get; set; }

    /// <summary>
    /// For a nested proc: whether its body is being resolved. If the body captures the proc itself, its closure does not exist yet.
    /// </summary>
    public bool IsBeingMade { get; set; }

    /// <summary>Whether a closure uses it.</summary>
    public bool IsCaptured { get; set; }

    /// <summary>Whether it is assigned after its declaration.</summary>
    public bool IsReassigned { get; set; }

    /// <summary>
    /// Whether it may have another value than its initializer: this code assigns it, or it is a variable of the module, which importers and
    /// later runs may assign.
    /// </summary>
    public bool MayBeAssigned => IsReassigned || (IsAtTopLevel && IsAssignable);

    /// <summary>Whether a closure that uses it may be created before its declaration has run.</summary>
    public bool IsCapturedEarly { get; set; }

    /// <summary>Whether it is in an upvalue; other captures are copies.</summary>
    public bool NeedsUpvalue => IsCaptured && (IsReassigned || IsCapturedEarly);

    /// <summary>The register that holds it (or its upvalue) in its owner's frame.</summary>
    public int Register { get; set; } = -1;

    /// <summary>Whether it is always an int although it has no annotation: the variable of a range loop.</summary>
    public bool IsInferredInt { get; set; }

    public bool IsAssignable => Kind
        is SymbolKind.Var or SymbolKind.Parameter or SymbolKind.Binding or SymbolKind.External or SymbolKind.Error;
}
