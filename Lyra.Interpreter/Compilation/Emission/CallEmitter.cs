using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Library.Modules;

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
                EvalArguments(call.Arguments, awaits, ModuleProc(Module.Builtins[callee.Slot]));
                Code.At(CallSpan(call));
                Code.Emit(Opcode.CallBuiltin, window, callee.Slot, call.Arguments.Length);
                return StaticType.Unknown;
            case { HasSignature: true, IsModuleVariable: true, Slot: <= ProcLimits.MaxOperand }
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

    /// <summary>Evaluates positional arguments. Those that make an iterator give it to a callee that closes it.</summary>
    private void EvalArguments(ImmutableArray<CallArgument> arguments, IndependentAwaits? awaits, string? callee = null)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            int register = Registers.Reserve();
            if (awaits is not null && awaits.TryEval(i, register))
            {
                continue;
            }

            StaticType type = Expressions.EvalTo(arguments[i].Value, register);
            if (callee is not null && MayMakeIterator(arguments[i].Value, type) && Owner.Names.ClosesArguments(callee))
            {
                Code.Emit(Opcode.GiveIter, register);
            }
        }
    }

    /// <summary>The qualified name of a proc of a module; null for a builtin.</summary>
    private static string? ModuleProc(string name) => name.Contains('.', StringComparison.Ordinal) ? name : null;

    /// <summary>Whether the value of an expression may be an iterator that the expression has made.</summary>
    private static bool MayMakeIterator(Expression expression, StaticType type) =>
        type.Kind is SlotKind.Any or SlotKind.Iterator && LoopEmitter.IsMadeByHead(expression);

    private void EvalMethodCall(CallExpression call, MemberExpression member, ArgumentForm form, IndependentAwaits? awaits, int window)
    {
        StaticType receiver = Expressions.EvalTo(member.Target, window);
        if (member.IsOptional)
        {
            Proc.Accesses.ExitChainIfNil(window);
        }

        if (MayMakeIterator(member.Target, receiver) && Owner.Names.ClosesReceiver(member.Name))
        {
            Code.Emit(Opcode.GiveIter, window);
        }

        if (form == ArgumentForm.Positional)
        {
            EvalArguments(call.Arguments, awaits, member.Name);
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

    /// <summary>Emits the call of a lazy comprehension's generator, whose loop closes a source that the comprehension makes.</summary>
    public StaticType EvalIterator(LazyComprehension lazy, int target)
    {
        int window = Registers.IsScratch(target) ? target : Registers.Reserve();
        Expressions.EvalTo(lazy.Call.Callee, window);
        Expression source = lazy.Call.Arguments[0].Value;
        int register = Registers.Reserve();
        if (MayMakeIterator(source, Expressions.EvalTo(source, register)))
        {
            Code.Emit(Opcode.GiveIter, register);
        }

        Code.At(lazy.Span);
        Code.Emit(Opcode.Call, window, 0, 1);
        Code.Move(target, window);
        return StaticType.Iterator;
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
        if (Module.SymbolOf(call.Callee) is not { HasSignature: true } callee)
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

        if (FormOf(call.Arguments) == ArgumentForm.Spread)
        {
            EvalSpreadCall(op, call, window, [.. names]);
            return;
        }

        EvalNamedArguments(call, positional, names.Count);
        Code.At(CallSpan(call));
        Code.Emit(op, window, Tables.DescriptorIndex(false, [.. names]), positional + names.Count);
    }

    /// <summary>
    /// Emits a call with spread arguments. A map among them gives named arguments, which is known only at run time: then another
    /// instruction makes the call.
    /// </summary>
    private void EvalSpreadCall(Opcode op, CallExpression call, int window, string[] names)
    {
        int list = Registers.Reserve(2 + names.Length);
        int map = list + 1 + names.Length;
        Label hasMap = Code.NewLabel();
        Label end = Code.NewLabel();
        if (call.Arguments.Length == 1)
        {
            EvalOnlySpread(call.Arguments[0], list, map, hasMap);
        }
        else
        {
            EvalSpreadArguments(call, list, map);
            Code.EmitJump(Opcode.JumpIfNotNil, hasMap, map);
        }

        Code.At(CallSpan(call));
        Code.Emit(op, window, Tables.DescriptorIndex(true, names), 1 + names.Length);
        Code.EmitJump(Opcode.Jump, end);
        Code.Bind(hasMap);
        Code.At(CallSpan(call));
        Code.Emit(op, window, Tables.DescriptorIndex(true, [.. names, CallDescriptor.NamedSpread]), 2 + names.Length);
        Code.Bind(end);
    }

    /// <summary>
    /// Evaluates the only argument. Nothing runs between this and the call that could change a list, so the call reads the elements of the
    /// list itself.
    /// </summary>
    private void EvalOnlySpread(CallArgument argument, int list, int map, Label hasMap)
    {
        Operand only = Expressions.Eval(argument.Value);
        Label other = Code.NewLabel();
        Code.At(argument.Span);
        Code.Emit(Opcode.TestType, map, only.Register, MapType());
        Code.EmitJump(Opcode.JumpIfNot, other, map);
        Code.Move(map, only.Register);
        Code.Emit(Opcode.NewList, list, list, 0);
        Code.EmitJump(Opcode.Jump, hasMap);
        Code.Bind(other);
        Code.Emit(Opcode.Spread, list, only.Register);
        Registers.Top = map + 1;
    }

    private int MapType() => Limits.Fit(Tables.TypeIndex(new SlotType(SlotKind.Map, false, [])), "types");

    private void EvalNamedArguments(CallExpression call, int positional, int named)
    {
        int next = Registers.Reserve(positional + named);
        int nextNamed = next + positional;
        foreach (CallArgument argument in call.Arguments)
        {
            Expressions.EvalTo(argument.Value, argument.Kind == ArgumentKind.Named ? nextNamed++ : next++);
        }
    }

    /// <summary>Evaluates several arguments to a list, to registers for named ones, and to a map of named ones, or nil.</summary>
    private void EvalSpreadArguments(CallExpression call, int list, int map)
    {
        int nextNamed = list + 1;
        Code.At(call.Span);
        Code.Emit(Opcode.NewList, list, list, 0);
        Code.Emit(Opcode.LoadNil, map);
        foreach (CallArgument argument in call.Arguments)
        {
            int mark = Registers.Top;
            switch (argument.Kind)
            {
                case ArgumentKind.Named:
                    Expressions.EvalTo(argument.Value, nextNamed++);
                    break;
                case ArgumentKind.Positional:
                    Operand value = Expressions.Eval(argument.Value);
                    Code.At(argument.Span);
                    Code.Emit(Opcode.Append, list, value.Register);
                    break;
                case ArgumentKind.Spread:
                    EvalSpread(argument, list, map);
                    break;
            }

            Registers.Top = mark;
        }
    }

    /// <summary>Adds the elements of a spread value to the list, or its entries to the map.</summary>
    private void EvalSpread(CallArgument argument, int list, int map)
    {
        int window = Registers.Reserve(3);
        Expressions.EvalTo(argument.Value, window + 2);
        Label other = Code.NewLabel();
        Label end = Code.NewLabel();
        Code.At(argument.Span);
        Code.Emit(Opcode.TestType, window, window + 2, MapType());
        Code.EmitJump(Opcode.JumpIfNot, other, window);
        Code.Move(window + 1, map);
        Code.Emit(Opcode.CallBuiltin, window, Limits.Fit(Owner.BuiltinIndex(PreludeModule.AddNamed), "builtins"), 2);
        Code.Move(map, window);
        Code.EmitJump(Opcode.Jump, end);
        Code.Bind(other);
        Code.Emit(Opcode.Extend, list, window + 2);
        Code.Bind(end);
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
