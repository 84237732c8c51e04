using System.Collections.Immutable;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Declarations of variables, and the binding of patterns in loop heads.</summary>
internal sealed class DeclarationEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    public void EmitVariable(VariableDeclaration variable)
    {
        if (variable.Target is BindingPattern { Name: not PatternNames.Ignored } binding)
        {
            EmitNamedVariable(variable, Module.Symbols[binding]);
            return;
        }

        int mark = Registers.Top;
        SlotType? type = Module.TypeOf(variable.Annotation);
        if (variable.Target is WildcardPattern or BindingPattern || variable.Initializer is null)
        {
            if (variable.Initializer is Expression ignored)
            {
                Proc.Slots.CheckValue(Expressions.EvalCopy(ignored, type), type, ignored.Span);
            }

            Registers.Top = mark;
            return;
        }

        EmitDestructuring(variable.Target, variable.Initializer, type);
    }

    private void EmitNamedVariable(VariableDeclaration variable, Symbol symbol)
    {
        int mark = Registers.Top;
        if (symbol.HasConstant && !symbol.IsAtTopLevel)
        {
            Proc.Slots.ReportMismatch(StaticType.Of(symbol.Constant) with { IsConverted = false }, symbol.Type, variable.Initializer!.Span);
            return;
        }

        int register = Registers.Reserve();
        EvalInitial(variable, symbol, register);
        if (symbol.IsAtTopLevel || symbol.IsCapturedEarly)
        {
            Code.At(variable.Target.Span);
            Proc.Variables.Store(symbol, register);
            Registers.Top = mark;
            return;
        }

        Proc.Variables.BindRegister(symbol, register);
    }

    private void EvalInitial(VariableDeclaration variable, Symbol symbol, int register)
    {
        if (variable.Initializer is Expression initializer)
        {
            StaticType type = Expressions.EvalTo(initializer, register, symbol.Type);
            Proc.Slots.CheckInPlace(register, type, symbol.Type, initializer.Span);
            return;
        }

        Code.At(variable.Target.Span);
        bool needsValue = symbol.Type is { Kind: SlotKind.Struct, IsNullable: false };
        if (needsValue)
        {
            Report(CompilerDiagnostics.MissingInitializer, variable.Target.Span, symbol.Name, symbol.Type!.Display());
        }

        Proc.Slots.LoadDefault(symbol.Type, register);
    }

    /// <summary>Destructures a value into new variables, which take over the registers of the parts.</summary>
    private void EmitDestructuring(Pattern target, Expression initializer, SlotType? type)
    {
        int mark = Registers.Top;
        ImmutableArray<Pattern> items = ItemsOf(target);
        int first = Registers.Reserve(items.Length);
        int value = Registers.Reserve();
        StaticType known = Expressions.EvalTo(initializer, value, type);
        Proc.Slots.CheckInPlace(value, known, type, initializer.Span);
        bool keepsRegisters = UnpackInto(items, first, value, target.Span);
        if (!keepsRegisters)
        {
            Registers.Top = mark;
        }
    }

    private static ImmutableArray<Pattern> ItemsOf(Pattern pattern) => pattern switch
    {
        ListPattern list => list.Items,
        TuplePattern tuple => tuple.Items,
        _ => [],
    };

    /// <summary>
    /// Unpacks R[value] to registers from <paramref name="first"/> on and binds them. Returns true if a variable took over one of them.
    /// </summary>
    private bool UnpackInto(ImmutableArray<Pattern> items, int first, int value, SourceSpan span)
    {
        Code.At(span);
        Code.Emit(Opcode.Unpack, first, value, Limits.Fit(items.Length, "parts of a pattern"));
        bool keepsRegisters = false;
        for (int i = 0; i < items.Length; i++)
        {
            keepsRegisters |= BindDeclared(items[i], first + i);
        }

        return keepsRegisters;
    }

    /// <summary>
    /// Binds the value in a register to the target of a declaration. Returns true if a variable took over the register or one above it.
    /// </summary>
    public bool BindDeclared(Pattern target, int register)
    {
        if (target is WildcardPattern or BindingPattern { Name: PatternNames.Ignored })
        {
            return false;
        }

        if (target is not BindingPattern binding)
        {
            ImmutableArray<Pattern> items = ItemsOf(target);
            return UnpackInto(items, Registers.Reserve(items.Length), register, target.Span);
        }

        Symbol symbol = Module.Symbols[binding];
        Proc.Slots.CheckInPlace(register, StaticType.Unknown, symbol.Type, binding.Span);
        if (symbol.IsAtTopLevel || symbol.IsCapturedEarly)
        {
            Code.At(binding.Span);
            Proc.Variables.Store(symbol, register);
            return false;
        }

        Proc.Variables.BindRegister(symbol, register);
        return true;
    }
}
