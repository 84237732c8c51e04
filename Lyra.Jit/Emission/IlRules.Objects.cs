using System;
using System.Collections.Generic;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace Lyra.Jit.Emission;

/// <summary>Calls, new objects, casts and boxes.</summary>
internal static partial class IlRules
{
    private static void AddObjectRows(Dictionary<ILOpCode, Rule> rows)
    {
        Add(rows, Call, ILOpCode.Call, ILOpCode.Callvirt);
        Add(rows, Construct, ILOpCode.Newobj);
        Add(rows, Cast, ILOpCode.Castclass);
        Add(rows, TestClass, ILOpCode.Isinst);
        Add(rows, Box, ILOpCode.Box);
        Add(rows, Unbox, ILOpCode.Unbox_any);
        Add(rows, static (state, in _) => state.Push(typeof(int)), ILOpCode.Sizeof);
        Add(rows, static (state, in _) => state.Push(typeof(RuntimeTypeHandle)), ILOpCode.Ldtoken);
    }

    private static void Call(IlCheckState state, in IlInstruction instruction)
    {
        if (instruction.Kind == IlOperandKind.Self)
        {
            IlMethodSignature self = state.Buffer.Signature;
            PopArguments(state, self.Parameters);
            PushResult(state, self.Result);
        }
        else if (instruction.Kind == IlOperandKind.Constructor)
        {
            InitializeValue(state, instruction.Constructor);
        }
        else
        {
            CallMethod(state, instruction.OpCode, instruction.Method);
        }
    }

    private static void CallMethod(IlCheckState state, OpCode opCode, MethodInfo method)
    {
        RequireCallable(state, opCode, method);
        PopArguments(state, ParameterTypes(method));
        if (!method.IsStatic)
        {
            PopReceiver(state, method.DeclaringType!);
        }

        PushResult(state, method.ReturnType);
    }

    private static void RequireCallable(IlCheckState state, OpCode opCode, MethodInfo method)
    {
        if (method.ContainsGenericParameters)
        {
            state.Fail("a method without open type parameters", IlNames.Of(method));
        }

        if (opCode == OpCodes.Callvirt && (method.IsStatic || method.DeclaringType!.IsValueType))
        {
            state.Fail("an instance method of a class or interface", IlNames.Of(method));
        }

        if (opCode == OpCodes.Call && method.IsAbstract)
        {
            state.Fail("a method with a body", $"the abstract method {IlNames.Of(method)}");
        }
    }

    /// <summary>A constructor that is called as a method of the value at a managed pointer.</summary>
    private static void InitializeValue(IlCheckState state, ConstructorInfo constructor)
    {
        Type owner = constructor.DeclaringType!;
        if (!owner.IsValueType)
        {
            state.Fail("the constructor of a value type", IlNames.Of(constructor));
        }

        PopArguments(state, ParameterTypes(constructor));
        PopReceiver(state, owner);
    }

    private static void Construct(IlCheckState state, in IlInstruction instruction)
    {
        ConstructorInfo constructor = instruction.Constructor;
        Type owner = constructor.DeclaringType!;
        if (owner.IsAbstract || constructor.IsStatic)
        {
            state.Fail("a class that has instances", IlNames.Of(owner));
        }

        PopArguments(state, ParameterTypes(constructor));
        state.Push(owner);
    }

    private static Type[] ParameterTypes(MethodBase method) =>
        Array.ConvertAll(method.GetParameters(), parameter => parameter.ParameterType);

    private static void PopArguments(IlCheckState state, Type[] parameters)
    {
        for (int i = parameters.Length - 1; i >= 0; i--)
        {
            state.PopInto(parameters[i]);
        }
    }

    private static void PopReceiver(IlCheckState state, Type owner)
    {
        if (owner.IsValueType)
        {
            PopPointer(state, owner);
            return;
        }

        state.PopInto(owner);
    }

    private static void PushResult(IlCheckState state, Type result)
    {
        if (result != typeof(void))
        {
            state.Push(result);
        }
    }

    private static void Cast(IlCheckState state, in IlInstruction instruction)
    {
        if (instruction.Type.IsValueType)
        {
            state.Fail("a class", IlNames.Of(instruction.Type));
        }

        TestClass(state, instruction);
    }

    private static void TestClass(IlCheckState state, in IlInstruction instruction)
    {
        state.PopReference();
        state.Push(IlStackType.Reference(instruction.Type));
    }

    private static void Box(IlCheckState state, in IlInstruction instruction)
    {
        if (!instruction.Type.IsValueType)
        {
            state.Fail("a value type", IlNames.Of(instruction.Type));
        }

        state.PopInto(instruction.Type);
        state.Push(IlStackType.Reference(instruction.Type));
    }

    private static void Unbox(IlCheckState state, in IlInstruction instruction)
    {
        state.PopReference();
        state.Push(instruction.Type);
    }
}
