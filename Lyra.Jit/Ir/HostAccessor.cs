using System;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using Lyra.Runtime.Hosting;

namespace Lyra.Jit.Ir;

/// <summary>
/// What the delegate of a member does, as its IL shows: <c>order => order.Total</c> calls one method with its own arguments, and that
/// method may do nothing but read or write a field. Compiled code then calls the method, or accesses the field, without the delegate. Any
/// other IL (a computation, a conversion, what a tool has added) is called through the delegate.
/// </summary>
internal sealed class HostAccessor
{
    private static readonly HostAccessor Unknown = new(null, null);

    private HostAccessor(MethodInfo? method, FieldInfo? field)
    {
        Method = method;
        Field = field;
    }

    /// <summary>The method of the object that the delegate calls with its other arguments; null if it does anything else.</summary>
    public MethodInfo? Method { get; }

    /// <summary>The field that the member reads or writes and does nothing else; null if it does anything else.</summary>
    public FieldInfo? Field { get; }

    /// <summary>What a delegate does. The adapter keeps the answer.</summary>
    public static HostAccessor Of(DelegateAdapter adapter)
    {
        if (adapter.Accessor is not HostAccessor known)
        {
            adapter.Accessor = known = adapter.Direct is { } target ? Inspect(Innermost(target)) : Unknown;
        }

        return known;
    }

    /// <summary>The delegate behind one that only has another type.</summary>
    private static Delegate Innermost(Delegate target) =>
        target.Target is Delegate inner && target.Method.Name == "Invoke" ? inner : target;

    private static HostAccessor Inspect(Delegate target)
    {
        MethodInfo lambda = target.Method;
        ParameterInfo[] parameters = target.GetType().GetMethod("Invoke")!.GetParameters();
        // A static method with a target has an argument before those of the delegate; a method without a type has no IL to read.
        bool isBound = lambda.IsStatic && target.Target is not null;
        if (!target.HasSingleTarget || isBound || lambda.DeclaringType is null || parameters is not [{ ParameterType.IsClass: true }, ..])
        {
            return Unknown;
        }

        bool isOpen = !lambda.IsStatic && target.Target is null;
        MethodInfo? method = isOpen ? lambda : CalleeOf(lambda, parameters);
        bool isSetter = lambda.ReturnType == typeof(void);
        Type? value = !isSetter ? lambda.ReturnType : parameters is [_, { } stored] ? stored.ParameterType : null;
        if (method is null)
        {
            return new HostAccessor(null, FieldOf(lambda, lambda.IsStatic ? 0 : 1, isSetter, value));
        }

        bool isFixed = !method.IsVirtual || method.IsFinal || method.DeclaringType!.IsSealed;
        return new HostAccessor(method, isFixed ? FieldOf(method, 0, isSetter, value) : null);
    }

    /// <summary>The method that a lambda calls with all its parameters, in order; null if its IL is anything else.</summary>
    private static MethodInfo? CalleeOf(MethodInfo lambda, ParameterInfo[] parameters)
    {
        IlReader il = new(lambda);
        for (int i = 0; i < parameters.Length; i++)
        {
            if (!il.TakesArgument(i + (lambda.IsStatic ? 0 : 1)))
            {
                return null;
            }

            if (i == 0)
            {
                il.SkipBox();
            }
        }

        return il.TakesCall() is MethodInfo { IsStatic: false, IsGenericMethod: false } callee && il.Ends()
            && callee.DeclaringType is { IsValueType: false } declaring && declaring.IsAssignableFrom(parameters[0].ParameterType)
            && callee.ReturnType == lambda.ReturnType && HasParameters(callee, parameters)
            ? callee
            : null;
    }

    private static bool HasParameters(MethodInfo callee, ParameterInfo[] parameters)
    {
        ParameterInfo[] own = callee.GetParameters();
        bool fits = own.Length == parameters.Length - 1;
        for (int i = 0; fits && i < own.Length; i++)
        {
            fits = own[i].ParameterType == parameters[i + 1].ParameterType;
        }

        return fits;
    }

    /// <summary>The field that a method reads or writes; null if its IL is anything else.</summary>
    /// <param name="method">The method.</param>
    /// <param name="first">The number of the argument that is the object.</param>
    /// <param name="isSetter">Whether it stores the argument after it.</param>
    /// <param name="value">The type of the value; null if no property has such accessors.</param>
    private static FieldInfo? FieldOf(MethodInfo method, int first, bool isSetter, Type? value)
    {
        IlReader il = new(method);
        return il.TakesArgument(first) && (!isSetter || il.TakesArgument(first + 1))
            && il.TakesField(isSetter ? OpCodes.Stfld : OpCodes.Ldfld) is { IsStatic: false } field && il.Ends() && field.FieldType == value
            ? field
            : null;
    }

    /// <summary>Reads the IL of a method from its beginning. Nothing matches where there is none.</summary>
    private struct IlReader
    {
        private const string FromSameModule = "The token comes from the code of this module, which refers to what trimming has kept.";

        private readonly MethodInfo _method;
        private readonly byte[] _code;
        private int _next;

        [UnconditionalSuppressMessage(
            "Trimming", "IL2026", Justification = "Whatever trimming makes of a body is what runs, and its IL tells what that is.")]
        public IlReader(MethodInfo method)
        {
            _method = method;
            _code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        }

        private readonly Type[] TypeArguments => _method.DeclaringType?.GetGenericArguments() ?? [];

        private readonly Type[] MethodArguments => _method.IsGenericMethod ? _method.GetGenericArguments() : [];

        public bool TakesArgument(int index) => index <= 3 && TakesByte((byte)(OpCodes.Ldarg_0.Value + index));

        /// <summary>In a generic lambda, the object of a type parameter is boxed; of a class, that does nothing.</summary>
        public void SkipBox()
        {
            if (TakesByte((byte)OpCodes.Box.Value))
            {
                _next += sizeof(int);
            }
        }

        /// <summary>The method of a call, unless the call is not virtual and the method is.</summary>
        public MethodBase? TakesCall()
        {
            SkipNops();
            bool isVirtual = TakesByte((byte)OpCodes.Callvirt.Value);
            if (!isVirtual && !TakesByte((byte)OpCodes.Call.Value))
            {
                return null;
            }

            MethodBase? callee = TakesToken(out int token) ? MethodOf(token) : null;
            return isVirtual || callee is { IsVirtual: false } ? callee : null;
        }

        public FieldInfo? TakesField(OpCode code) => TakesByte((byte)code.Value) && TakesToken(out int token) ? FieldOf(token) : null;

        public bool Ends() => TakesByte((byte)OpCodes.Ret.Value) && _next == _code.Length;

        private bool TakesByte(byte code)
        {
            SkipNops();
            bool matches = _next < _code.Length && _code[_next] == code;
            _next += matches ? 1 : 0;
            return matches;
        }

        /// <summary>Code that is not optimized has some.</summary>
        private void SkipNops()
        {
            while (_next < _code.Length && _code[_next] == OpCodes.Nop.Value)
            {
                _next++;
            }
        }

        private bool TakesToken(out int token)
        {
            bool isThere = _next + sizeof(int) <= _code.Length;
            token = isThere ? BitConverter.ToInt32(_code, _next) : 0;
            _next += sizeof(int);
            return isThere;
        }

        [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = FromSameModule)]
        private readonly MethodBase? MethodOf(int token) => _method.Module.ResolveMethod(token, TypeArguments, MethodArguments);

        [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = FromSameModule)]
        private readonly FieldInfo? FieldOf(int token) => _method.Module.ResolveField(token, TypeArguments, MethodArguments);
    }
}
