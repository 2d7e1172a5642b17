# Removes one kernel that is registered for the user: a folder right below `kernels` that holds a kernel.json, no other.
# Takes: kernels, name. Reports `removed`, also when it was not there any more.

folder="$kernels/$name"
case $name in
  '' | . | .. | */*) exit 0 ;;
esac
if [ -L "$folder" ]; then rm -f "$folder"
elif [ -f "$folder/kernel.json" ]; then rm -rf "$folder" 2>/dev/null
fi
[ -e "$folder/kernel.json" ] || say removed "$folder"
