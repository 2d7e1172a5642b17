# Writes the new file beside the old one, and a copy of the old one; reports both, so that they can be compared
# before anything is replaced. Takes: id (names the two), mode (of the new file).
fresh=
old=
[ -d "$folder" ] || mkdir "$folder" 2>/dev/null || blame "$HOME"
file=$(real_file "$folder/authorized_keys") || { say link-broken "$folder/authorized_keys"; exit 0; }
place=$(dirname "$file")
fresh=$place/.authorized_keys.$id.new
old=$place/.authorized_keys.$id.old
{ document >"$fresh"; } 2>/dev/null || blame "$place"
chmod "$mode" "$fresh" 2>/dev/null || blame "$place"
if [ -e "$file" ]; then
  { cat "$file" >"$old"; } 2>/dev/null || blame "$place"
else
  { : >"$old"; } 2>/dev/null || blame "$place"
fi
say staged "$file"
say_file old "$old"
say_file fresh "$fresh"
