using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>
/// Calls, spawns and struct literals. <see cref="DeclaredCallEmitter"/> emits those whose callee is declared in the module.
/// </summary>
internal sealed class CallEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    /// <summary>The most general kind of argument in a call.</summary>
    private enum ArgumentForm
    {
        Positional,
        Named,
        Spread,
    }

    public StaticType EvalCall(CallExpression call, int target, SlotType? expected)
    {
        IndependentAwaits? awaits = AwaitsIn(call.Arguments);
        int window = awaits is null && Registers.IsScratch(target) ? target : Registers.Reserve();
        StaticType type = EvalCallInWindow(call, awaits, window);
        Code.Move(target, window);
        if (expected is not { HasElementTypes: true, Kind: SlotKind.Set } || !IsBuiltin(call.Callee, "set"))
        {
            return type;
        }

        Proc.Slots.SetElementType(target, expected, call.Span);
        return new StaticType(SlotKind.Set);
    }

    private StaticType EvalCallInWindow(CallExpression call, IndependentAwaits? awaits, int window)
    {
        ArgumentForm form = FormOf(call.Arguments);
        Symbol? callee = call.Callee is NameExpression or MemberExpression ? Module.SymbolOf(call.Callee) : null;
        switch (callee)
        {
            case { Kind: SymbolKind.Builtin, Slot: <= ProcLimits.MaxOperand } when form == ArgumentForm.Positional:
                EvalArguments(call.Arguments, awaits);
                Code.At(CallSpan(call));
                Code.Emit(Opcode.CallBuiltin, window, callee.Slot, call.Arguments.Length);
                return StaticType.Unknown;
            case { Kind: SymbolKind.Proc or SymbolKind.Struct, IsModuleVariable: true, Slot: <= ProcLimits.MaxOperand }
                when form != ArgumentForm.Spread:
                return Proc.DeclaredCalls.EvalDeclaredCall(
                    callee, new ArgumentList(call.Arguments), CallSpan(call), window, awaits);
            case { Kind: SymbolKind.Proc } when form != ArgumentForm.Spread:
                Proc.DeclaredCalls.CheckArguments(Owner.SignatureOf(callee), new ArgumentList(call.Arguments), CallSpan(call));
                break;
        }

        if (callee is null && call.Callee is MemberExpression member)
        {
            EvalMethodCall(call, member, form, awaits, window);
        }
        else
        {
            EvalValueCall(call, form, awaits, window);
        }

        return StaticType.Unknown;
    }

    private static ArgumentForm FormOf(ImmutableArray<CallArgument> arguments)
    {
        ArgumentForm form = ArgumentForm.Positional;
        foreach (CallArgument argument in arguments)
        {
            if (argument.Kind == ArgumentKind.Spread)
            {
                return ArgumentForm.Spread;
            }

            if (argument.Kind == ArgumentKind.Named)
            {
                form = ArgumentForm.Named;
            }
        }

        return form;
    }

    /// <summary>The source position of the callee's name, to which errors and traces refer.</summary>
    private static SourceSpan CallSpan(CallExpression call) =>
        call.Callee is MemberExpression member ? member.NameSpan : call.Callee.Span;

    /// <summary>The independent awaits among positional arguments.</summary>
    private IndependentAwaits? AwaitsIn(ImmutableArray<CallArgument> arguments)
    {
        if (arguments.Length < 2 || FormOf(arguments) != ArgumentForm.Positional || !arguments.Any(static a => a.Value is AwaitExpression))
        {
            return null;
        }

        Expression[] values = new Expression[arguments.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i].Value;
        }

        return IndependentAwaits.In(Proc, values);
    }

    private void EvalArguments(ImmutableArray<CallArgument> arguments, IndependentAwaits? awaits)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            int register = Registers.Reserve();
            if (awaits is null || !awaits.TryEval(i, register))
            {
                Expressions.EvalTo(arguments[i].Value, register);
            }
        }
    }

    private void EvalMethodCall(CallExpression call, MemberExpression member, ArgumentForm form, IndependentAwaits? awaits, int window)
    {
        Expressions.EvalTo(member.Target, window);
        if (member.IsOptional)
        {
            Proc.Accesses.ExitChainIfNil(window);
        }

        if (form == ArgumentForm.Positional)
        {
            EvalArguments(call.Arguments, awaits);
            Code.At(member.NameSpan);
            Code.Emit(Opcode.CallMethod, window, Tables.Site(member.Name), call.Arguments.Length);
            return;
        }

        Code.At(member.NameSpan);
        Code.Emit(Opcode.LoadMethod, window, window, Tables.Site(member.Name));
        EvalDescribedCall(Opcode.CallEx, call, window);
    }

    private void EvalValueCall(CallExpression call, ArgumentForm form, IndependentAwaits? awaits, int window)
    {
        Expressions.EvalTo(call.Callee, window);
        if (form != ArgumentForm.Positional)
        {
            EvalDescribedCall(Opcode.CallEx, call, window);
            return;
        }

        EvalArguments(call.Arguments, awaits);
        Code.At(CallSpan(call));
        Code.Emit(Opcode.Call, window, 0, call.Arguments.Length);
    }

    public StaticType EvalSpawn(SpawnExpression spawn, int target)
    {
        int window = Registers.IsScratch(target) ? target : Registers.Reserve();
        CallExpression call = spawn.Call;
        if (call.Callee is MemberExpression member && Module.SymbolOf(member) is null)
        {
            Operand receiver = Expressions.Eval(member.Target);
            Code.At(member.NameSpan);
            Code.Emit(Opcode.LoadMethod, window, receiver.Register, Tables.Site(member.Name));
            Registers.Top = window + 1;
        }
        else
        {
            Expressions.EvalTo(call.Callee, window);
            CheckDirectCall(call);
        }

        EvalDescribedCall(Opcode.Spawn, call, window);
        Code.Move(target, window);
        return StaticType.Task;
    }

    private void CheckDirectCall(CallExpression call)
    {
        if (Module.SymbolOf(call.Callee) is not { Kind: SymbolKind.Proc or SymbolKind.Struct } callee)
        {
            return;
        }

        if (FormOf(call.Arguments) == ArgumentForm.Spread)
        {
            return;
        }

        Proc.DeclaredCalls.CheckArguments(Owner.SignatureOf(callee), new ArgumentList(call.Arguments), CallSpan(call));
    }

    /// <summary>
    /// Emits a call that has a descriptor. The first register of the window holds the callee, followed by the positional and then the named
    /// arguments.
    /// </summary>
    private void EvalDescribedCall(Opcode op, CallExpression call, int window)
    {
        List<string> names = [];
        int positional = 0;
        foreach (CallArgument argument in call.Arguments)
        {
            if (argument.Kind == ArgumentKind.Named)
            {
                names.Add(argument.Name!);
            }
            else
            {
                positional++;
            }
        }

        bool hasSpread = FormOf(call.Arguments) == ArgumentForm.Spread;
        if (hasSpread)
        {
            EvalSpreadArguments(call, names.Count);
        }
        else
        {
            EvalNamedArguments(call, positional, names.Count);
        }

        Code.At(CallSpan(call));
        Code.Emit(op, window, Tables.DescriptorIndex(hasSpread, [.. names]), (hasSpread ? 1 : positional) + names.Count);
    }

    private void EvalNamedArguments(CallExpression call, int positional, int named)
    {
        int next = Registers.Reserve(positional + named);
        int nextNamed = next + positional;
        foreach (CallArgument argument in call.Arguments)
        {
            Expressions.EvalTo(argument.Value, argument.Kind == ArgumentKind.Named ? nextNamed++ : next++);
        }
    }

    private void EvalSpreadArguments(CallExpression call, int named)
    {
        int list = Registers.Reserve(1 + named);
        if (call.Arguments.Length == 1)
        {
            // Nothing runs between this and the call that could change a list, so the call reads the elements of the list itself.
            Operand only = Expressions.Eval(call.Arguments[0].Value);
            Code.At(call.Arguments[0].Span);
            Code.Emit(Opcode.Spread, list, only.Register);
            Registers.Top = list + 1;
            return;
        }

        int nextNamed = list + 1;
        Code.At(call.Span);
        Code.Emit(Opcode.NewList, list, list, 0);
        foreach (CallArgument argument in call.Arguments)
        {
            int mark = Registers.Top;
            if (argument.Kind == ArgumentKind.Named)
            {
                Expressions.EvalTo(argument.Value, nextNamed++);
            }
            else
            {
                Operand value = Expressions.Eval(argument.Value);
                Code.At(argument.Span);
                Code.Emit(argument.Kind == ArgumentKind.Spread ? Opcode.Extend : Opcode.Append, list, value.Register);
            }

            Registers.Top = mark;
        }
    }

    public StaticType EvalStructLiteral(StructLiteral literal, int target)
    {
        int window = Registers.IsScratch(target) ? target : Registers.Reserve();
        ArgumentList arguments = new(literal.Fields);
        if (Module.SymbolOf(literal.Type) is { Kind: SymbolKind.Struct, Slot: <= ProcLimits.MaxOperand } symbol)
        {
            StaticType type = Proc.DeclaredCalls.EvalDeclaredCall(symbol, arguments, literal.Type.Span, window);
            Code.Move(target, window);
            return type;
        }

        string[] names = new string[arguments.Length];
        Expressions.EvalTo(literal.Type, window);
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = arguments[i].Name!;
            Expressions.EvalTo(arguments[i].Value, Registers.Reserve());
        }

        Code.At(literal.Type.Span);
        Code.Emit(Opcode.CallEx, window, Tables.DescriptorIndex(false, names), names.Length);
        Code.Move(target, window);
        return StaticType.Unknown;
    }

    private bool IsBuiltin(Expression callee, string name) =>
        callee is NameExpression && Module.SymbolOf(callee) is { Kind: SymbolKind.Builtin } symbol && symbol.Name == name;
}
