using System;
using System.Collections.Generic;
using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Hosting;

namespace Lyra.Jit.HostCode;

/// <summary>
/// What a delegate of the host does, as its IL shows. <c>order => order.Total</c> calls one method with its own arguments, or accesses one
/// field, and <c>(a, b) => a + b</c> of decimals calls a static one: compiled code does that without the delegate, if it is accessible.
/// What a delegate may do besides tells how compiled code calls it.
/// </summary>
internal sealed class HostAccessor
{
    /// <summary>The delegate whose IL shows what it does; null when it has none that can be read.</summary>
    private readonly Delegate? _target;

    /// <summary>The effects on objects of each class so far; the class is null for those of any class.</summary>
    private readonly List<(Type? Exact, HostEffects Effects)> _effects = [];

    private HostAccessor(Delegate? direct, FieldInfo? field)
    {
        Invoke = direct?.GetType().GetMethod("Invoke");
        Parameters = Invoke?.GetParameters() ?? [];
        ParameterTypes = Array.ConvertAll(Parameters, static parameter => parameter.ParameterType);
        _target = direct is null || field is not null ? null : Readable(Innermost(direct));
        bool isMember = Parameters is [{ ParameterType.IsValueType: false }, ..];
        if (_target is not null)
        {
            Method = IsOpen(_target) ? isMember ? Accessible(_target.Method) : null : CalleeOf(_target.Method, Parameters);
            Field = Method is null && isMember ? FieldOf(_target.Method, _target.Method.IsStatic ? 0 : 1) : null;
        }
        else if (field is not null && isMember && IsPlain(field))
        {
            Field = field;
        }
    }

    /// <summary>The method that calls the delegate; null when there is none that compiled code may call.</summary>
    public MethodInfo? Invoke { get; }

    /// <summary>The parameters of the delegate.</summary>
    public ParameterInfo[] Parameters { get; }

    public Type[] ParameterTypes { get; }

    /// <summary>The type of the delegate's result.</summary>
    public Type ResultType => Invoke?.ReturnType ?? typeof(void);

    /// <summary>
    /// The method of the object that the delegate calls with its other arguments, or the static one that it calls with all of them; null if
    /// it does anything else.
    /// </summary>
    public MethodInfo? Method { get; }

    /// <summary>The field of the object that the delegate itself reads or writes; null if it does anything else.</summary>
    public FieldInfo? Field { get; }

    /// <summary>Whether compiled code does without the delegate.</summary>
    public bool ReplacesDelegate => Method is not null || Field is not null;

    /// <summary>What a delegate does. The adapter keeps the answer.</summary>
    public static HostAccessor Of(DelegateAdapter adapter)
    {
        if (adapter.Accessor is not HostAccessor known)
        {
            adapter.Accessor = known = new HostAccessor(adapter.Direct, adapter.Field);
        }

        return known;
    }

    /// <summary>What a call of the delegate may do whose objects are not null.</summary>
    /// <param name="exact">The class of the first argument, if it is known; a subclass is another class.</param>
    public HostEffects EffectsOn(Type? exact)
    {
        lock (_effects)
        {
            foreach ((Type? known, HostEffects found) in _effects)
            {
                if (known == exact)
                {
                    return found;
                }
            }

            HostEffects effects = _target is not null ? Analyze(_target, exact)
                : Field is null ? HostEffects.Unknown
                : Parameters.Length == 1 ? HostEffects.None
                : HostEffects.Writes;
            _effects.Add((exact, effects));
            return effects;
        }
    }

    /// <summary>The delegate behind one that only has another type.</summary>
    private static Delegate Innermost(Delegate target) =>
        target.Target is Delegate inner && target.Method.Name == "Invoke" ? inner : target;

    /// <summary>
    /// The delegate, if its IL can be read: a static method with a target has an argument before those of the delegate, and a method
    /// without a type has no IL.
    /// </summary>
    private static Delegate? Readable(Delegate target)
    {
        bool isBound = target.Method.IsStatic && target.Target is not null;
        return target.HasSingleTarget && !isBound && target.Method.DeclaringType is not null ? target : null;
    }

    /// <summary>Whether the delegate is a method of its first argument.</summary>
    private static bool IsOpen(Delegate target) => !target.Method.IsStatic && target.Target is null;

    private HostEffects Analyze(Delegate target, Type? exact)
    {
        List<HostOperand> arguments = [];
        if (target.Target is { } bound)
        {
            arguments.Add(new HostOperand(HostOperandKind.Object, bound.GetType()));
        }

        foreach (ParameterInfo parameter in Parameters)
        {
            if (HostOperand.Of(parameter.ParameterType) is not { } operand)
            {
                return HostEffects.Unknown;
            }

            arguments.Add(operand.IsReference
                ? new HostOperand(HostOperandKind.Object, parameter.Position == 0 ? exact ?? operand.Class : operand.Class)
                : operand);
        }

        Type? dispatched = target.Method.IsStatic ? null : arguments[0].Class;
        MethodInfo? method = target.Method.IsStatic || HostDispatch.IsFixed(target.Method) ? target.Method
            : dispatched is null ? null
            : HostDispatch.ImplementationOf(target.Method, dispatched);
        return method is null ? HostEffects.Unknown : HostEffectAnalysis.Of(method, [.. arguments]);
    }

    /// <summary>The method that a lambda calls with all its parameters, in order; null if it does anything else.</summary>
    private static MethodInfo? CalleeOf(MethodInfo lambda, ParameterInfo[] parameters)
    {
        if (HostIl.Of(lambda) is not { IsWhole: true } il)
        {
            return null;
        }

        int next = 0;
        for (int i = 0; i < parameters.Length; i++)
        {
            if (!Loads(il, next++, i + (lambda.IsStatic ? 0 : 1)))
            {
                return null;
            }

            // In a generic lambda, the object of a type parameter is boxed; of a class, that does nothing.
            next += i == 0 && il.Instructions[next].Code == ILOpCode.Box ? 1 : 0;
        }

        return next == il.Instructions.Count - 2 && CalleeOf(il, il.Instructions[next]) is { } callee
            && il.Instructions[^1].Code == ILOpCode.Ret && callee.ReturnType == lambda.ReturnType && HasParameters(callee, parameters)
            ? callee
            : null;
    }

    private static bool Loads(HostIl il, int position, int argument) =>
        position < il.Instructions.Count - 1 && il.Instructions[position] is { Code: ILOpCode.Ldarg } load && load.Operand == argument;

    /// <summary>The method of an object that an instruction calls as any caller would.</summary>
    private static MethodInfo? CalleeOf(HostIl il, HostInstruction instruction) =>
        instruction.Code is ILOpCode.Call or ILOpCode.Callvirt
        && il.MethodOf(instruction.Operand) is MethodInfo { IsGenericMethod: false } callee
        && (callee.IsStatic
            || (callee.DeclaringType is { IsValueType: false } && (instruction.Code == ILOpCode.Callvirt || !callee.IsVirtual)))
            ? Accessible(callee)
            : null;

    /// <summary>The method, if compiled code may call it.</summary>
    private static MethodInfo? Accessible(MethodInfo method) => method.IsPrivate || method.IsFamily ? null : method;

    private static bool HasParameters(MethodInfo callee, ParameterInfo[] parameters)
    {
        ParameterInfo[] own = callee.GetParameters();
        int skipped = callee.IsStatic ? 0 : 1;
        bool fits = own.Length == parameters.Length - skipped
            && (callee.IsStatic || callee.DeclaringType!.IsAssignableFrom(parameters[0].ParameterType));
        for (int i = 0; fits && i < own.Length; i++)
        {
            fits = own[i].ParameterType == parameters[i + skipped].ParameterType;
        }

        return fits;
    }

    /// <summary>The field of its first argument that a method reads or sets to its second; null if it does anything else.</summary>
    private static FieldInfo? FieldOf(MethodInfo method, int first)
    {
        if (HostIl.Of(method) is not { IsWhole: true } il || !Loads(il, 0, first))
        {
            return null;
        }

        bool isSetter = Loads(il, 1, first + 1);
        HostInstruction access = il.Instructions[isSetter ? 2 : 1];
        Type? value = isSetter ? method.GetParameters()[^1].ParameterType : method.ReturnType;
        return il.Instructions.Count == (isSetter ? 4 : 3) && access.Code == (isSetter ? ILOpCode.Stfld : ILOpCode.Ldfld)
            && il.FieldOf(access.Operand) is { } field && IsPlain(field) && field.FieldType == value
            ? field
            : null;
    }

    /// <summary>Whether compiled code may access a field of an object, in any order.</summary>
    private static bool IsPlain(FieldInfo field) => field is { IsStatic: false, IsPrivate: false, IsFamily: false }
        && !Array.Exists(field.GetRequiredCustomModifiers(), static modifier => modifier == typeof(IsVolatile));
}
