using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Operators;

namespace Lyra.Runtime.HostTypes;

/// <summary>Finds the members of a type by reflection, for types that the source generator can't see.</summary>
[RequiresUnreferencedCode("Reflection finds the members.")]
[RequiresDynamicCode("Delegates for the members are made at run time.")]
internal static class ReflectedMembers
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    /// <summary>
    /// Adds the members to a builder. They are found once for each type: a delegate that accesses a field takes the CLR longer to compile
    /// than an engine takes to start.
    /// </summary>
    public static void AddTo<T>(LyraTypeBuilder<T> builder, LyraMembers members)
        where T : notnull
    {
        ref Action<LyraTypeBuilder<T>>[]? known = ref members == LyraMembers.All ? ref Found<T>.All : ref Found<T>.Marked;
        foreach (Action<LyraTypeBuilder<T>> add in known ??= new Finder<T>(members == LyraMembers.All).FindAll())
        {
            add(builder);
        }
    }

    /// <summary>What adds the members that were found, one after the other; null before a type is defined for the first time.</summary>
    private static class Found<T>
        where T : notnull
    {
        public static Action<LyraTypeBuilder<T>>[]? All;
        public static Action<LyraTypeBuilder<T>>[]? Marked;
    }

    [RequiresUnreferencedCode("Reflection finds the members.")]
    [RequiresDynamicCode("Delegates for the members are made at run time.")]
    private sealed class Finder<T>(bool all)
        where T : notnull
    {
        private readonly BindingFlags _flags = all ? Public : Public | BindingFlags.NonPublic;
        private readonly List<Action<LyraTypeBuilder<T>>> _found = [];

        public Action<LyraTypeBuilder<T>>[] FindAll()
        {
            foreach (PropertyInfo property in typeof(T).GetProperties(_flags))
            {
                if (Named(property) is { } name)
                {
                    Add(property, name);
                }
            }

            foreach (FieldInfo field in typeof(T).GetFields(_flags))
            {
                if (Named(field) is { } name)
                {
                    Add(field, name);
                }
            }

            foreach (MethodInfo method in typeof(T).GetMethods(_flags))
            {
                Add(method);
            }

            foreach (EventInfo source in typeof(T).GetEvents(_flags))
            {
                if (Named(source) is { } name && source.AddMethod is { IsStatic: false } add && IsUsable(add, source))
                {
                    Add(source, name);
                }
            }

            foreach (ConstructorInfo constructor in typeof(T).IsAbstract ? [] : typeof(T).GetConstructors(_flags & ~BindingFlags.Static))
            {
                if ((all || IsMarked(constructor)) && IsUsable(constructor, constructor))
                {
                    Delegate make = Compile(null, constructor.GetParameters(), (_, a) => Expression.New(constructor, a));
                    _found.Add(builder => builder.AddConstructor(make, constructor));
                }
            }

            return [.. _found];
        }

        /// <summary>The name that a member has in scripts; null when scripts can't use it.</summary>
        private string? Named(MemberInfo member)
        {
            LyraMemberAttribute? mark = member.GetCustomAttribute<LyraMemberAttribute>();
            return mark is null && !all ? null : mark?.Name ?? CamelCase.Of(member.Name);
        }

        private void Add(PropertyInfo property, string name)
        {
            ParameterInfo[] indices = property.GetIndexParameters();
            MethodInfo? get = Usable(property.GetMethod, property);
            MethodInfo? set = typeof(T).IsValueType || IsInit(property) || IsRestricted(property) ? null
                : Usable(property.SetMethod, property);
            if (indices.Length > 1)
            {
                return; // Scripts have one index.
            }

            if (indices.Length == 1)
            {
                Delegate? getter = get is null ? null : Compile(get);
                Delegate? setter = set is null ? null : Compile(set);
                _found.Add(builder => builder.AddIndexer(getter, setter));
            }
            else if (get is not null || set is not null)
            {
                bool isStatic = (get ?? set)!.IsStatic;
                Delegate? getter = get is null ? null : Compile(get);
                Delegate? setter = set is null || isStatic ? null : Compile(set);
                _found.Add(builder => builder.AddProperty(name, getter, setter, isStatic));
            }
        }

        private void Add(FieldInfo field, string name)
        {
            if (field.FieldType.IsPointer)
            {
                Refuse(field);
                return;
            }

            Delegate get = field.IsStatic
                ? Compile(null, [], (_, _) => Expression.Field(null, field))
                : Compile(typeof(T), [], (self, _) => Expression.Field(self, field));
            bool isReadOnly = field.IsStatic || field.IsInitOnly || field.IsLiteral || typeof(T).IsValueType;
            Delegate? set = isReadOnly ? null : Setter(field);
            _found.Add(builder => builder.AddProperty(name, get, set, field.IsStatic, field));
        }

        private static Delegate Setter(FieldInfo field)
        {
            ParameterExpression self = Expression.Parameter(typeof(T), "self");
            ParameterExpression value = Expression.Parameter(field.FieldType, "value");
            return Expression.Lambda(
                Expression.GetActionType(typeof(T), field.FieldType),
                Expression.Block(typeof(void), Expression.Assign(Expression.Field(self, field), value)),
                self,
                value).Compile();
        }

        private void Add(MethodInfo method)
        {
            if (method.IsSpecialName && OperatorInfo.OfMethod(method.Name) is { Symbol: { } symbol })
            {
                if ((all || IsMarked(method)) && IsUsable(method, method))
                {
                    Delegate implementation = Compile(method);
                    _found.Add(builder => builder.Operator(symbol, implementation));
                }
            }
            else if (method is { Name: nameof(ToString), IsStatic: false } && method.GetParameters().Length == 0)
            {
                if (IsMarked(method))
                {
                    Func<T, string> text = (Func<T, string>)Compile(method);
                    _found.Add(builder => builder.Text(text));
                }
            }
            else if (!method.IsSpecialName && IsOwn(method) && Named(method) is { } name && IsUsable(method, method))
            {
                Delegate call = Compile(method);
                _found.Add(builder => builder.AddMethod(name, call, method, method.IsStatic));
            }
        }

        /// <summary>Whether a method is not one that every object has, or that the compiler made.</summary>
        private bool IsOwn(MethodInfo method) => !method.IsGenericMethodDefinition
            && method.GetBaseDefinition().DeclaringType != typeof(object)
            && (method.DeclaringType != typeof(ValueType) || !all)
            && !(all && method.Name.Contains('<', StringComparison.Ordinal));

        /// <summary>Whether a delegate can call a method. One that is marked must be usable; others are left out.</summary>
        /// <exception cref="ArgumentException">The member is marked, and no delegate can call the method.</exception>
        private static bool IsUsable(MethodBase method, MemberInfo member)
        {
            if (!(method.IsStatic && method.IsAbstract)
                && DelegateAdapter.CanCall(method.GetParameters(), (method as MethodInfo)?.ReturnType ?? typeof(T)))
            {
                return true;
            }

            Refuse(member);
            return false;
        }

        /// <exception cref="ArgumentException">The member is marked.</exception>
        private static void Refuse(MemberInfo member)
        {
            if (IsMarked(member))
            {
                throw new ArgumentException(
                    $"Scripts can't use the marked member {member.Name} of {typeof(T).Name}: it has no body, or a part of its signature is "
                        + "a reference, a pointer, a span, or of a delegate type that a proc can't be converted to.");
            }
        }

        /// <summary>Whether a member is marked, or one that it overrides: only <see cref="Attribute"/> finds that for properties.</summary>
        private static bool IsMarked(MemberInfo member) => Attribute.IsDefined(member, typeof(LyraMemberAttribute))
            || Attribute.IsDefined(member, typeof(LyraConstructorAttribute))
            || Attribute.IsDefined(member, typeof(LyraOperatorAttribute));

        private void Add(EventInfo source, string name)
        {
            MethodInfo definition = typeof(LyraTypeBuilder<T>).GetMethod(nameof(LyraTypeBuilder<>.Event))!;
            object[] arguments = [name, Compile(source.AddMethod!), Compile(source.RemoveMethod!)];
            MethodInfo add = definition.MakeGenericMethod(source.EventHandlerType!);
            _found.Add(builder => add.Invoke(builder, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null));
        }

        private MethodInfo? Usable(MethodInfo? accessor, PropertyInfo property) =>
            accessor is not null && (accessor.IsPublic || !all) && IsUsable(accessor, property) ? accessor : null;

        /// <summary>Whether users of the property can only read it, because its setter has a modifier of its own.</summary>
        private static bool IsRestricted(PropertyInfo property) => property is { GetMethod: { } get, SetMethod: { } set }
            && (set.Attributes & MethodAttributes.MemberAccessMask) < (get.Attributes & MethodAttributes.MemberAccessMask);

        private static bool IsInit(PropertyInfo property) => property.SetMethod is { } set
            && Array.IndexOf(set.ReturnParameter.GetRequiredCustomModifiers(), typeof(IsExternalInit)) >= 0;

        /// <summary>
        /// A delegate for the method itself, which compiled code can see. Only a method of a .NET struct, which gets its object by
        /// reference, needs one that calls it.
        /// </summary>
        private static Delegate Compile(MethodInfo method)
        {
            ParameterInfo[] parameters = method.GetParameters();
            if (typeof(T).IsValueType && !method.IsStatic)
            {
                return Compile(typeof(T), parameters, (self, a) => Expression.Call(self, method, a));
            }

            Type[] types = Array.ConvertAll(parameters, static p => p.ParameterType);
            return method.CreateDelegate(
                Expression.GetDelegateType(method.IsStatic ? [.. types, method.ReturnType] : [typeof(T), .. types, method.ReturnType]));
        }

        /// <summary>
        /// A delegate whose parameters are the object, unless <paramref name="receiver"/> is null, and then those of a member.
        /// </summary>
        private static Delegate Compile(
            Type? receiver, ParameterInfo[] parameters, Func<ParameterExpression?, IEnumerable<Expression>, Expression> body)
        {
            ParameterExpression? self = receiver is null ? null : Expression.Parameter(receiver, "self");
            ParameterExpression[] arguments = Array.ConvertAll(parameters, static p => Expression.Parameter(p.ParameterType, p.Name));
            Expression call = body(self, arguments);
            ParameterExpression[] all = self is null ? arguments : [self, .. arguments];
            Type shape = Expression.GetDelegateType([.. Array.ConvertAll(all, static p => p.Type), call.Type]);
            return Expression.Lambda(shape, call, all).Compile();
        }
    }
}
