using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Symbols;

/// <summary>What a name stands for.</summary>
internal enum SymbolKind
{
    Var,
    Let,
    Const,
    Proc,
    Struct,
    Import,
    Parameter,

    /// <summary>Bound by <c>for</c>, <c>catch</c> or a pattern; assignable.</summary>
    Binding,

    /// <summary>Always in scope, or a member of a library module: <c>print</c>, <c>math.sqrt</c>.</summary>
    Builtin,

    /// <summary>A global of the engine.</summary>
    External,

    /// <summary>Stands for a name that was reported as an error.</summary>
    Error,
}

/// <summary>
/// A declared name: where it lives and what the code does to it. The resolver fills it in, emission adds the register.
/// </summary>
internal sealed class Symbol(string name, SymbolKind kind, ProcContext owner, SourceSpan span)
{
    public string Name { get; } = name;

    public SymbolKind Kind { get; } = kind;

    /// <summary>The proc in whose frame it lives; the module for module variables.</summary>
    public ProcContext Owner { get; } = owner;

    public SourceSpan Span { get; } = span;

    /// <summary>The module variable, the builtin or the external name; −1 for what lives in a register.</summary>
    public int Slot { get; set; } = -1;

    public bool IsModuleVariable => Slot >= 0 && Kind is not (SymbolKind.Builtin or SymbolKind.External);

    /// <summary>The annotation; null without one and for <c>any</c>.</summary>
    public SlotType? Type { get; set; }

    /// <summary>The value of a const that the code can hold as a constant; else the unset marker.</summary>
    public Value Constant { get; set; } = Value.Unset;

    public bool HasConstant => !Constant.IsUnset;

    public ProcNode? Proc { get; set; }

    public StructLayout? Struct { get; set; }

    /// <summary>For an import of a library module: its name.</summary>
    public string? LibraryModule { get; set; }

    /// <summary>The scope that declares it; null for builtins and externals.</summary>
    public Scope? Scope { get; set; }

    /// <summary>Whether resolution has passed the declaration.</summary>
    public bool IsReached { get; set; }

    /// <summary>For a nested proc: its body is being resolved, so its closure does not exist yet where the body is captured.</summary>
    public bool IsBeingMade { get; set; }

    /// <summary>A closure uses it.</summary>
    public bool IsCaptured { get; set; }

    /// <summary>Assigned after its declaration.</summary>
    public bool IsReassigned { get; set; }

    /// <summary>A closure that uses it may be made before its declaration has run.</summary>
    public bool IsCapturedEarly { get; set; }

    /// <summary>Whether it lives in an upvalue; other captures are copies.</summary>
    public bool NeedsUpvalue => IsCaptured && (IsReassigned || IsCapturedEarly);

    /// <summary>The register that holds it (or its upvalue) in its owner's frame.</summary>
    public int Register { get; set; } = -1;

    /// <summary>Whether it is always an int though nothing says so: the variable of a range loop.</summary>
    public bool IsInferredInt { get; set; }

    public bool IsAssignable => Kind
        is SymbolKind.Var or SymbolKind.Parameter or SymbolKind.Binding or SymbolKind.External or SymbolKind.Error;
}
