// Stands for the assembly Amazon.JSII.Runtime, which only NuGet has: what of it the code that jsii-pacmak writes names, with the parameters and the types
// of the real one. It is for the compiler. No body does anything: what is compiled against it proves types and names, and cannot run.
using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Amazon.JSII.Runtime.Deputy
{
    public sealed class ByRefValue
    {
        private ByRefValue() => throw new NotSupportedException();
    }

    public abstract class DeputyBase
    {
        protected sealed class DeputyProps
        {
            public DeputyProps(object?[]? arguments = null) => throw new NotSupportedException();
        }

        protected DeputyBase(DeputyProps? props = null) => throw new NotSupportedException();

        protected DeputyBase(ByRefValue reference) => throw new NotSupportedException();

        public T UnsafeCast<T>() where T : class => throw new NotSupportedException();

        [return: MaybeNull]
        protected static T GetStaticProperty<T>(Type type, [CallerMemberName] string? propertyName = null) => throw new NotSupportedException();

        [return: MaybeNull]
        protected T GetInstanceProperty<T>([CallerMemberName] string? propertyName = null) => throw new NotSupportedException();

        protected void SetInstanceProperty<T>(T value, [CallerMemberName] string? propertyName = null) => throw new NotSupportedException();

        protected static void InvokeStaticVoidMethod(Type type, Type[] parameterTypes, object?[] arguments, [CallerMemberName] string methodName = "") =>
            throw new NotSupportedException();

        protected void InvokeInstanceVoidMethod(Type[] parameterTypes, object?[] arguments, [CallerMemberName] string methodName = "") =>
            throw new NotSupportedException();

        [return: MaybeNull]
        protected static T InvokeStaticMethod<T>(Type type, Type[] parameterTypes, object?[] arguments, [CallerMemberName] string methodName = "") =>
            throw new NotSupportedException();

        [return: MaybeNull]
        protected T InvokeInstanceMethod<T>(Type[] parameterTypes, object?[] arguments, [CallerMemberName] string methodName = "") =>
            throw new NotSupportedException();
    }

    [AttributeUsage(AttributeTargets.Assembly)]
    public sealed class JsiiAssemblyAttribute : Attribute
    {
        public JsiiAssemblyAttribute(string name, string version, string tarball) => throw new NotSupportedException();
    }

    [AttributeUsage(AttributeTargets.Class, Inherited = false)]
    public sealed class JsiiClassAttribute : Attribute
    {
        public JsiiClassAttribute(Type nativeType, string fullyQualifiedName, string? parametersJson = null) => throw new NotSupportedException();
    }

    [AttributeUsage(AttributeTargets.Interface)]
    public sealed class JsiiInterfaceAttribute : Attribute
    {
        public JsiiInterfaceAttribute(Type nativeType, string fullyQualifiedName) => throw new NotSupportedException();
    }

    [AttributeUsage(AttributeTargets.Class, Inherited = false)]
    public sealed class JsiiTypeProxyAttribute : Attribute
    {
        public JsiiTypeProxyAttribute(Type nativeType, string fullyQualifiedName) => throw new NotSupportedException();
    }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class JsiiByValueAttribute : Attribute
    {
        public JsiiByValueAttribute(string fqn) => throw new NotSupportedException();
    }

    [AttributeUsage(AttributeTargets.Enum)]
    public sealed class JsiiEnumAttribute : Attribute
    {
        public JsiiEnumAttribute(Type nativeType, string fullyQualifiedName) => throw new NotSupportedException();
    }

    [AttributeUsage(AttributeTargets.Field)]
    public sealed class JsiiEnumMemberAttribute : Attribute
    {
        public JsiiEnumMemberAttribute(string name) => throw new NotSupportedException();
    }

    [AttributeUsage(AttributeTargets.Method)]
    public sealed class JsiiMethodAttribute : Attribute
    {
        public JsiiMethodAttribute(string name, string? returnsJson = null, string? parametersJson = null, bool isAsync = false, bool isOverride = false) =>
            throw new NotSupportedException();
    }

    [AttributeUsage(AttributeTargets.Property)]
    public sealed class JsiiPropertyAttribute : Attribute
    {
        public JsiiPropertyAttribute(string name, string typeJson, bool isOptional = false, bool isOverride = false) => throw new NotSupportedException();
    }

    [AttributeUsage(AttributeTargets.Property)]
    public sealed class JsiiOptionalAttribute : Attribute
    {
    }
}
