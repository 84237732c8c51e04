using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Lyra.Fuzz.Oracles;

/// <summary>The references of the instances of a type, visited by generated code, and their sizes.</summary>
internal sealed class ObjectLayout
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly ConcurrentDictionary<Type, ObjectLayout> Known = new();
    private static readonly ConcurrentDictionary<Type, bool> Holders = new();
    private static readonly MethodInfo VisitMethod = typeof(ManagedGraph).GetMethod(nameof(ManagedGraph.Visit))!;

    private readonly Action<object, ManagedGraph>? _visit;

    private ObjectLayout(Type type) => _visit = type.IsArray ? ArrayVisitor(type) : ObjectVisitor(type);

    public static ObjectLayout Of(Type type) => Known.GetOrAdd(type, static t => new ObjectLayout(t));

    /// <summary>
    /// The bytes of an object in the heap of the CLR, as its method table gives them (the layout that the debugger's contract documents):
    /// the size of a component in the first two bytes, and the size of an instance without components at offset 4.
    /// </summary>
    public static unsafe long SizeOf(object o)
    {
        byte* table = (byte*)o.GetType().TypeHandle.Value;
        long size = *(uint*)(table + 4);
        long components = o switch
        {
            Array array => array.LongLength,
            string text => text.Length,
            _ => 0,
        };
        return size + (components * *(ushort*)table) + 7 & ~7L;
    }

    /// <summary>Whether an object is a part of the CLR that no engine owns: reflection, threads and their synchronization.</summary>
    public static bool IsRuntime(object o) => o is MemberInfo or Module or Assembly or Thread or CancellationTokenSource or Pointer
        or SynchronizationContext or System.Threading.Tasks.TaskScheduler or ParameterInfo;

    public void Visit(object o, ManagedGraph graph) => _visit?.Invoke(o, graph);

    private static Action<object, ManagedGraph>? ObjectVisitor(Type type)
    {
        if (!HasReferences(type))
        {
            return null;
        }

        (DynamicMethod method, ILGenerator il) = NewMethod();
        EmitFields(il, type, () =>
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(type.IsValueType ? OpCodes.Unbox : OpCodes.Castclass, type);
        });
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Action<object, ManagedGraph>>();
    }

    private static Action<object, ManagedGraph>? ArrayVisitor(Type type)
    {
        Type element = type.GetElementType()!;
        if (!type.IsSZArray || !(element.IsValueType ? HasReferences(element) : !element.IsPointer && !element.IsFunctionPointer))
        {
            return null;
        }

        (DynamicMethod method, ILGenerator il) = NewMethod();
        LocalBuilder index = il.DeclareLocal(typeof(int));
        Label next = il.DefineLabel();
        Label end = il.DefineLabel();
        void LoadArray()
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Castclass, type);
        }

        il.MarkLabel(next);
        il.Emit(OpCodes.Ldloc, index);
        LoadArray();
        il.Emit(OpCodes.Ldlen);
        il.Emit(OpCodes.Conv_I4);
        il.Emit(OpCodes.Bge, end);
        if (element.IsValueType)
        {
            EmitFields(il, element, () =>
            {
                LoadArray();
                il.Emit(OpCodes.Ldloc, index);
                il.Emit(OpCodes.Ldelema, element);
            });
        }
        else
        {
            il.Emit(OpCodes.Ldarg_1);
            LoadArray();
            il.Emit(OpCodes.Ldloc, index);
            il.Emit(OpCodes.Ldelem_Ref);
            il.Emit(OpCodes.Call, VisitMethod);
        }

        il.Emit(OpCodes.Ldloc, index);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc, index);
        il.Emit(OpCodes.Br, next);
        il.MarkLabel(end);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Action<object, ManagedGraph>>();
    }

    private static (DynamicMethod Method, ILGenerator Il) NewMethod()
    {
        Type[] parameters = [typeof(object), typeof(ManagedGraph)];
        DynamicMethod method = new("Visit", null, parameters, typeof(ObjectLayout).Module, skipVisibility: true);
        return (method, method.GetILGenerator());
    }

    /// <summary>Emits visits of the references in an instance, whose address or reference <paramref name="load"/> pushes.</summary>
    private static void EmitFields(ILGenerator il, Type type, Action load)
    {
        int copies = type.GetCustomAttribute<InlineArrayAttribute>()?.Length ?? 1;
        foreach (FieldInfo field in ReferenceFields(type))
        {
            for (int i = 0; i < copies; i++)
            {
                int copy = i;
                void LoadAddress()
                {
                    load();
                    il.Emit(OpCodes.Ldflda, field);
                    if (copy > 0)
                    {
                        il.Emit(OpCodes.Sizeof, field.FieldType);
                        il.Emit(OpCodes.Ldc_I4, copy);
                        il.Emit(OpCodes.Mul);
                        il.Emit(OpCodes.Add);
                    }
                }

                if (field.FieldType.IsValueType)
                {
                    EmitFields(il, field.FieldType, LoadAddress);
                    continue;
                }

                il.Emit(OpCodes.Ldarg_1);
                LoadAddress();
                il.Emit(OpCodes.Ldind_Ref);
                il.Emit(OpCodes.Call, VisitMethod);
            }
        }
    }

    private static bool HasReferences(Type type) => Holders.GetOrAdd(type, static t =>
    {
        using IEnumerator<FieldInfo> fields = ReferenceFields(t).GetEnumerator();
        return fields.MoveNext();
    });

    private static IEnumerable<FieldInfo> ReferenceFields(Type type)
    {
        for (Type? declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            foreach (FieldInfo field in declaring.GetFields(Fields))
            {
                Type held = field.FieldType;
                bool isReference = !held.IsValueType && !held.IsPointer && !held.IsFunctionPointer;
                if (isReference || (held.IsValueType && !held.IsPrimitive && !held.IsEnum && HasReferences(held)))
                {
                    yield return field;
                }
            }
        }
    }
}
