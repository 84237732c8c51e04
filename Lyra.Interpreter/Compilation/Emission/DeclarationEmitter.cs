using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Library.Modules;

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
        bool needsValue = symbol.Type is { Kind: SlotKind.Struct or SlotKind.Union, IsNullable: false };
        if (needsValue)
        {
            string nullable = (symbol.Type! with { IsNullable = true }).Display();
            Report(CompilerDiagnostics.MissingInitializer, variable.Target.Span, symbol.Name, symbol.Type.Display(), nullable);
        }

        Proc.Slots.LoadDefault(symbol.Type, register);
    }

    /// <summary>Destructures a value into new variables, which take over the registers of the parts.</summary>
    private void EmitDestructuring(Pattern target, Expression initializer, SlotType? type)
    {
        int mark = Registers.Top;
        int first = Registers.Reserve(SequenceShape.Of(target)!.Value.Items.Length);
        int value = Registers.Reserve();
        StaticType known = Expressions.EvalTo(initializer, value, type);
        Proc.Slots.CheckInPlace(value, known, type, initializer.Span);
        bool keepsRegisters = UnpackInto(target, first, value);
        if (!keepsRegisters)
        {
            Registers.Top = mark;
        }
    }

    /// <summary>
    /// Unpacks R[value] to registers from <paramref name="first"/> on and binds them. Returns true if a variable took over one of them.
    /// </summary>
    private bool UnpackInto(Pattern target, int first, int value)
    {
        SequenceShape shape = SequenceShape.Of(target)!.Value;
        EmitUnpack(first, value, shape.Items.Length, shape.RestIndex, target.Span);
        bool keepsRegisters = false;
        for (int i = 0; i < shape.Items.Length; i++)
        {
            keepsRegisters |= BindDeclared(shape.Items[i], first + i);
        }

        return keepsRegisters;
    }

    /// <summary>Unpacks R[value] to as many registers as there are parts, from <paramref name="first"/> on.</summary>
    /// <param name="first">The register of the first part.</param>
    /// <param name="value">The register of the tuple or list.</param>
    /// <param name="count">The number of parts.</param>
    /// <param name="rest">The index of the part that takes all elements without a part of their own; negative if there is none.</param>
    /// <param name="span">The source of the parts.</param>
    public void EmitUnpack(int first, int value, int count, int rest, SourceSpan span)
    {
        int mark = Registers.Top;
        Code.At(span);
        if (rest >= 0)
        {
            int window = Registers.Reserve(4);
            Code.Move(window + 1, value);
            Code.EmitWide(Opcode.LoadInt, window + 2, rest);
            Code.EmitWide(Opcode.LoadInt, window + 3, count - 1 - rest);
            Code.Emit(Opcode.CallBuiltin, window, Limits.Fit(Owner.BuiltinIndex(PreludeModule.SplitRest), "builtins"), 3);
            value = window;
        }

        Code.Emit(Opcode.Unpack, first, value, Limits.Fit(count, "parts of a pattern"));
        Registers.Top = mark;
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

        if (target is RestPattern rest)
        {
            return rest.Binding is { } named && BindDeclared(named, register);
        }

        if (target is not BindingPattern binding)
        {
            return UnpackInto(target, Registers.Reserve(SequenceShape.Of(target)!.Value.Items.Length), register);
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
